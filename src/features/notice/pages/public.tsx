import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/public.ts';
import { noticeTexts as texts } from '../messages.ts';
import { publicNotice } from '../queries/reader-notices.ts';
import { NoticeArticle } from './notice-text.tsx';

export const handle = definePage({
  id: 'A-01',
  title: 'お知らせ',
  crumb: 'お知らせ',
  who: everybody,
  audit: { none: 'public words without personal data' },
});

export const meta = () => [{ title: 'お知らせ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return orThrow(await ask(publicNotice, contextOf(context), { id: params.id }));
}

/** A public notice, read without login. */
export default function PublicNotice({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>{loaderData.over ? 'お知らせ' : loaderData.notice.title}</h1>
      {loaderData.over ? (
        <Notice title={texts.over} />
      ) : (
        <NoticeArticle notice={loaderData.notice} to={`/public-notices/${loaderData.notice.id}`} />
      )}
      <Actions>
        <LinkButton to="/login">ログイン画面へ</LinkButton>
      </Actions>
    </>
  );
}
