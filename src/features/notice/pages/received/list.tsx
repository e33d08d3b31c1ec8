import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/list.ts';
import { readerNotices } from '../../queries/reader-notices.ts';
import { ReaderNotices } from '../reader-list.tsx';

export const handle = definePage({
  id: 'O-01',
  title: '上層の医師会からのお知らせ',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'notices hold no personal data' },
});

export const meta = () => [{ title: '上層の医師会からのお知らせ | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(readerNotices, contextOf(context), request.url);
  return { list: value, values, errors };
}

/** What upper associations have sent to this office (`screens.md O-01, O-16`). */
export default function ReceivedNotices({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>上層の医師会からのお知らせ</h1>
      <ReaderNotices {...loaderData} to="/office/received-notices" />
      <Actions>
        <LinkButton to="/office">TOPに戻る</LinkButton>
      </Actions>
    </>
  );
}
