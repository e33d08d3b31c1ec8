import { redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import type { Refused } from '#kernel/refusal.ts';
import { refuse, refuseFields } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { fieldId } from '#ui/fields/formState.tsx';
import { removeDocument } from '../../commands/papers.ts';
import { saveWithdrawal } from '../../commands/save-withdrawal.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import type { RawDetails } from '../../schema.ts';
import { rowOfFile, takePapers } from './take-papers.ts';
import { caseAt, draftsAt } from './filing-context.ts';

/** What the buttons of step 1 of 退会届 do. Whatever is pressed, everything typed is kept first. */

function textIn(values: FormValues, name: string): string {
  const value = values[name];
  return value === undefined ? '' : typeof value === 'string' ? value : (value[0] ?? '');
}

function detailsIn(values: FormValues): RawDetails {
  return Object.fromEntries(['wishedOn', 'reason', 'reasonText'].map((name) => [name, textIn(values, name)]));
}

type Kept = { ctx: Context; id: string; version: number; begun: boolean; form: ParsedForm; input: Record<string, unknown> };

/** What may not even be kept (too long) is named by its place in the draft: `details.reasonText`. */
function atFields(outcome: Refused): Refused {
  const { fields } = outcome.refusal;
  if (fields === undefined) return outcome;
  const named = Object.entries(fields).map(([name, messages]) => [name.replace(/^details\./, ''), messages] as const);
  return { ...outcome, refusal: { ...outcome.refusal, fields: Object.fromEntries(named) } };
}

/** A form that was just begun gets its own address, where its faults are shown; nothing typed is lost. */
function refusedAt({ ctx, id, begun, form, version }: Kept, outcome: Refused) {
  if (begun) return redirect(`${caseAt(ctx, id)}/associations?check=1`, 303);
  return refusalData(atFields(outcome), { ...form.values, version: String(version) });
}

async function goOn(kept: Kept) {
  const { ctx, id, version, input } = kept;
  const outcome = await run(saveWithdrawal, ctx, { ...input, id, version, complete: true });
  return outcome.ok ? redirect(`${caseAt(ctx, id)}/review`, 303) : refusedAt(kept, outcome);
}

async function otherButton(kept: Kept, provider: Readonly<RouterContextProvider>) {
  const { ctx, id, form, version } = kept;
  const { intent } = form;
  if (intent.startsWith('delete-file:')) {
    const documentId = intent.slice('delete-file:'.length);
    const row = await rowOfFile(ctx, id, documentId);
    orThrow(await run(removeDocument, ctx, { id, documentId }));
    return redirectWithFlash(provider, `${caseAt(ctx, id)}/associations${row === undefined ? '' : `#${fieldId(row)}`}`, '削除しました。');
  }
  if (intent.startsWith('upload:')) {
    const place = fieldId(intent.slice('upload:'.length));
    return redirectWithFlash(provider, `${caseAt(ctx, id)}/associations#${place}`, 'ファイルを受け付けました。');
  }
  return refusalData({ ok: false, refusal: refuse('invalid').refusal }, { ...form.values, version: String(version) });
}

/** Where a kept form is found again: among the drafts, or at the case that was sent back. */
async function savedPlace({ ctx, id }: Kept): Promise<string> {
  const { number } = orThrow(await ask(myConfirmation, ctx, { id }));
  return number === '' ? await draftsAt(ctx, id) : caseAt(ctx, id);
}

/** Keeps what was typed, takes the files, then does what the pressed button says; `id` is missing for a new paper. */
export async function actOnWithdrawal(provider: Readonly<RouterContextProvider>, id: string | undefined, form: ParsedForm) {
  const ctx = contextOf(provider);
  const { leave, moves, version } = form.input;
  const input = { leave, moves, details: detailsIn(form.values) };
  const begun = id === undefined;
  const saved = await run(saveWithdrawal, ctx, { ...input, id: id ?? '', version, complete: false }, begun ? form.key : undefined);
  if (!saved.ok) return refusalData(atFields(saved), form.values);
  const kept: Kept = { ctx, id: saved.value.id, version: saved.value.version, begun, form, input };
  const errors = await takePapers(ctx, kept.id, form);
  if (Object.keys(errors).length > 0) return refusedAt(kept, refuseFields(errors));
  if (form.intent === 'next') return await goOn(kept);
  if (form.intent === 'save') return redirectWithFlash(provider, await savedPlace(kept), '一時保存しました。');
  return await otherButton(kept, provider);
}
