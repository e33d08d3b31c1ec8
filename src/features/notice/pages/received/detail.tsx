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

export const handle = definePage({
  id: 'O-01',
  title: '上層の医師会からのお知らせ',
  crumb: '内容',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'notice.read',
});

export const meta = () => [{ title: '上層の医師会からのお知らせ | MAMIS' }];

/** Read by one of the staff is read by the office; 外部委託先 read for themselves. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const found = orThrow(await ask(readerNotice, ctx, { id: params.id }));
  if (!found.over && found.unread) await run(markRead, ctx, { id: params.id });
  return found;
}

export default function ReceivedNotice({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>{loaderData.over ? '上層の医師会からのお知らせ' : loaderData.notice.title}</h1>
      {loaderData.over ? (
        <Notice title={texts.over} />
      ) : (
        <NoticeArticle notice={loaderData.notice} to={`/office/received-notices/${loaderData.notice.id}`} />
      )}
      <Actions>
        <LinkButton to="/office/received-notices">一覧に戻る</LinkButton>
        <LinkButton to="/office">TOPに戻る</LinkButton>
      </Actions>
    </>
  );
}
