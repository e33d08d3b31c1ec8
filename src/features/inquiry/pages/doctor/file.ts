import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/file.ts';
import { openFile } from '../open-file.ts';

export const handle = definePage({
  id: 'D-15-detail-file',
  title: 'お問合せの添付ファイル',
  who: ['doctor'],
  audit: 'inquiry.fileViewed',
  whileHeld: true,
});

export async function loader({ context, params }: Route.LoaderArgs) {
  return await openFile(contextOf(context), params);
}
