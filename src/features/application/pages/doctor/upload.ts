import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/upload.ts';
import { uploadPapers } from '../../commands/upload-papers.ts';
import { documentCode } from '../../fields.ts';
import { casePapers } from '../../queries/case-papers.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import { filingContext } from './filing-context.ts';
import { kindAt } from './kind-at.ts';

export const handle = definePage({
  id: 'D-08',
  title: '提出書類のアップロード',
  who: ['doctor', 'office'],
  audit: 'application.attach',
  limits: { bodyBytes: 11 * 1024 * 1024, perMinute: 120 },
});

/** One file of one row, sent by script while the form stays as it is: 200, or why it was refused. */
export async function action({ context, request, params }: Route.ActionArgs) {
  const ctx = filingContext({ context, request });
  // Only who writes the paper: the office that decides a case marks originals, it hands in nothing.
  await kindAt(ctx, params.id);
  const form = await parseForm(request);
  const { papers } = orThrow(await ask(casePapers, ctx, { id: params.id }));
  const paper = papers.find((row) => documentCode(row.code) === form.values['row']);
  const files = filesUnder(form.input['file']);
  if (paper === undefined || files.length !== 1) return Response.json({ message: 'ファイルを選択してください' }, { status: 422 });
  const errors = await uploadPapers(ctx, { id: params.id, kind: paper.code, title: paper.title, files });
  const [message] = Object.values(errors).flat();
  return message === undefined ? Response.json({}) : Response.json({ message }, { status: 422 });
}
