import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/detail.ts';
import { markRead } from '../../commands/mark-read.ts';
import { noticeTexts as texts } from '../../messages.ts';
import { readerNotice } from '../../queries/reader-notices.ts';
import { NoticeArticle } from '../notice-text.tsx';

export const handle = definePage({ id: 'D-02', title: 'お知らせ', crumb: '内容', who: ['doctor'], audit: 'notice.read' });

export const meta = () => [{ title: 'お知らせ | MAMIS' }];

/** Opening it is reading it; a second look changes nothing. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const found = orThrow(await ask(readerNotice, ctx, { id: params.id }));
  if (!found.over && found.unread) await run(markRead, ctx, { id: params.id });
  return found;
}

export default function MyNotice({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>{loaderData.over ? 'お知らせ' : loaderData.notice.title}</h1>
      {loaderData.over ? (
        <Notice title={texts.over} />
      ) : (
        <NoticeArticle notice={loaderData.notice} to={`/my/notices/${loaderData.notice.id}`} />
      )}
      <Actions>
        <LinkButton to="/my/notices">一覧に戻る</LinkButton>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}
