import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/preview.ts';
import { documentFile } from '../../queries/document-file.ts';
import { DocumentPreview } from '../document-preview.tsx';
import { loadPreview } from '../load-preview.ts';

export const handle = definePage({
  id: 'O-05',
  title: '提出書類のプレビュー',
  crumb: '提出書類のプレビュー',
  who: ['office'],
  audit: 'document.viewed',
  // Drawing costs a second of a processor the first time.
  limits: { perMinute: 60 },
});

export const meta = () => [{ title: '提出書類のプレビュー | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const found = orThrow(await ask(documentFile, ctx, { id: params.id, documentId: params.documentId, way: 'preview' }));
  return { shown: await loadPreview(ctx, found), base: `/office/applications/${params.id}/documents/${params.documentId}` };
}

export default function Preview({ loaderData }: Route.ComponentProps) {
  return <DocumentPreview shown={loaderData.shown} base={loaderData.base} />;
}
