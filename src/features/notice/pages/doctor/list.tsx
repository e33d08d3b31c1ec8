import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/list.ts';
import { readerNotices } from '../../queries/reader-notices.ts';
import { ReaderNotices } from '../reader-list.tsx';

export const handle = definePage({
  id: 'D-02',
  title: 'お知らせ',
  who: ['doctor'],
  audit: { none: 'notices hold no personal data' },
  list: true,
});

export const meta = () => [{ title: 'お知らせ | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(readerNotices, contextOf(context), request.url);
  return { list: value, values, errors };
}

/** D-02: the notices for this doctor, newest first. */
export default function MyNotices({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>お知らせ</h1>
      <ReaderNotices {...loaderData} to="/my/notices" />
      <Actions>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}
