import { contractorOf } from '#kernel/actor.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/list.ts';
import { readerNotices } from '../../queries/reader-notices.ts';
import { ReaderNotices } from '../reader-list.tsx';

const fromAbove = '上層の医師会からのお知らせ';

export const handle = definePage({
  id: 'O-01',
  title: fromAbove,
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'notices hold no personal data' },
  list: true,
});

export const meta = () => [{ title: `${fromAbove} | MAMIS` }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { value, values, errors } = await askByAddress(readerNotices, ctx, request.url);
  return { list: value, values, errors, title: contractorOf(ctx.actor) === undefined ? fromAbove : 'お知らせ' };
}

/** What upper associations have sent to this office (`screens.md O-01, O-16`). */
export default function ReceivedNotices({ loaderData: { title, ...shown } }: Route.ComponentProps) {
  return (
    <>
      <h1>{title}</h1>
      <ReaderNotices {...shown} to="/office/received-notices" />
      <Actions>
        <LinkButton to="/office">TOPに戻る</LinkButton>
      </Actions>
    </>
  );
}
