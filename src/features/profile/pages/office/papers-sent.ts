import { isId } from '#kernel/id.ts';
import type { Refused } from '#kernel/refusal.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { takePapers } from '../../commands/keep-papers.ts';
import { keptPapers, type Paper } from '../../queries/changes.ts';
import { mostPapers } from '../../rules.ts';

function idsIn(values: FormValues, name: string): string[] {
  const value = values[name];
  return (value === undefined ? [] : typeof value === 'string' ? [value] : [...value]).filter((id) => isId(id));
}

/** 証拠書類 that a form brings and carries on, by O-09; what was sent before is not lost when something else is refused. */
export async function papersSent(
  ctx: Context,
  form: ParsedForm,
  about: { personId: string; version: number },
): Promise<{ papers: readonly Paper[]; refused: Refused | undefined }> {
  const dropped = new Set(idsIn(form.values, 'dropPaper'));
  const carried = idsIn(form.values, 'paperIds')
    .filter((id) => !dropped.has(id))
    .slice(0, mostPapers);
  const taken = await takePapers(ctx, { ...about, files: filesUnder(form.input['papers']), kept: carried.length });
  const paperIds = [...new Set([...carried, ...(taken.ok ? taken.value : [])])].slice(0, mostPapers);
  const known = await ask(keptPapers, ctx, { personId: about.personId, paperIds });
  if (!known.ok) return { papers: [], refused: known };
  return { papers: known.value, refused: taken.ok ? undefined : taken };
}
