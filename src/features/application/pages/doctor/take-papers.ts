import type { FieldErrors } from '#kernel/refusal.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { orThrow } from '#platform/http/respond.ts';
import { uploadPapers } from '../../commands/upload-papers.ts';
import { documentCode } from '../../fields.ts';
import { casePapers } from '../../queries/case-papers.ts';
import { filesUnder } from '#platform/http/files-under.ts';

/** What forms of every kind do with the files of 提出書類; the rows are named `document.{code}`. */

function filesOfRow(input: ParsedForm['input'], code: string): File[] {
  const { document } = input;
  if (typeof document !== 'object' || document === null) return [];
  return filesUnder(Object.entries(document).find(([name]) => name === code)?.[1]);
}

/** Files are taken whichever button was pressed: without script one may choose them and go straight on. */
export async function takePapers(ctx: Context, id: string, form: ParsedForm): Promise<FieldErrors> {
  if (form.input['document'] === undefined && !form.intent.startsWith('upload:')) return {};
  const { papers } = orThrow(await ask(casePapers, ctx, { id }));
  let errors: Record<string, readonly string[]> = {};
  for (const paper of papers) {
    const files = filesOfRow(form.input, paper.code);
    if (files.length > 0) errors = { ...errors, ...(await uploadPapers(ctx, { id, kind: paper.code, title: paper.title, files })) };
  }
  const pressed = form.intent.startsWith('upload:') ? form.intent.slice('upload:'.length) : undefined;
  const nothingChosen = pressed !== undefined && papers.every((paper) => filesOfRow(form.input, paper.code).length === 0);
  return nothingChosen ? { ...errors, [pressed]: ['ファイルを選択してから、アップロードしてください'] } : errors;
}

/** The name of the row in which a file lies; undefined when there is no such file. */
export async function rowOfFile(ctx: Context, id: string, documentId: string): Promise<string | undefined> {
  const { papers } = orThrow(await ask(casePapers, ctx, { id }));
  const paper = papers.find((row) => row.files.some((file) => file.id === documentId));
  return paper === undefined ? undefined : documentCode(paper.code);
}
