import { data, redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { refuse, refuseFields } from '#kernel/refusal.ts';
import { facilityOptions, facilitySearch } from '#features/facility/queries/facility.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { fieldId } from '#ui/fields/formState.tsx';
import { removeDocument } from '../../commands/papers.ts';
import { saveDetails } from '../../commands/save-details.ts';
import type { RawDetails } from '../../schema.ts';
import { copiedDetails, earlierDetails } from '../../queries/earlier-details.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { rowOfFile, takePapers } from './take-papers.ts';
import { caseAt, draftsAt } from './filing-context.ts';

/** What the buttons of step 2 do. Whatever is pressed, everything typed is kept first. */

export type Hit = { value: string; label: string; note: string };
export type DetailsAnswer = {
  refusal: Refusal | undefined;
  values: FormValues;
  hits: Hit[] | undefined;
  /** Of the draft as it was kept: what a quick next press must carry, before the page has been loaded anew. */
  version: number | undefined;
};

const texts = [
  'wishedOn',
  'leaveOn',
  'gapReason',
  'keepFacility',
  'facilityId',
  'facilityName',
  'facilityUndecided',
  'facilityAddress',
  'facilityTel',
  'facilityOwnerType',
  'facilityBeds',
  'workCode',
  'positionCode',
  'positionText',
  'designationText',
  'note',
] as const;

function textIn(values: FormValues, name: string): string {
  const value = values[name];
  return value === undefined ? '' : typeof value === 'string' ? value : (value[0] ?? '');
}

/** Step 2 as it was typed; a facility whose name was wiped out of the search box is no longer chosen. */
export function detailsIn(values: FormValues): RawDetails {
  const typed: RawDetails = Object.fromEntries(texts.map((name) => [name, textIn(values, name)]));
  const wiped = 'facilityIdQuery' in values && textIn(values, 'facilityIdQuery').trim() === '';
  const designations = values['designations'] ?? [];
  return {
    ...typed,
    facilityId: wiped ? '' : textIn(values, 'facilityId'),
    designations: typeof designations === 'string' ? [designations] : [...designations],
  };
}

type Step = { ctx: Context; id: string; form: ParsedForm; version?: number };

function answer({ form, version }: Step, more: Partial<DetailsAnswer>, status = 200) {
  return data<DetailsAnswer>({ refusal: undefined, values: form.values, hits: undefined, version, ...more }, { status });
}

async function goOn(step: Step) {
  const { ctx, id, form, version } = step;
  const outcome = await run(saveDetails, ctx, { id, version, details: detailsIn(form.values), complete: true });
  if (outcome.ok) return redirect(`${caseAt(ctx, id)}/review`, 303);
  return refused(step, outcome.refusal);
}

/** Fields from top to bottom; papers stand before the note. */
const order = [...texts.slice(0, -2), 'designations', 'designationText', 'document', 'note'];

function placeOf(name: string): number {
  return order.indexOf(name.startsWith('document.') ? 'document' : name);
}

/** Messages in the order of the page. What may not even be kept (too long) is named by its place in the draft: `details.note`. */
function atFields(refusal: Refusal): Refusal {
  if (refusal.fields === undefined) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, messages]) => [name.replace(/^details\./, ''), messages] as const);
  return { ...refusal, fields: Object.fromEntries(fields.toSorted(([a], [b]) => placeOf(a) - placeOf(b))) };
}

function refused({ form, version }: Step, refusal: Refusal) {
  const shown = refusalData({ ok: false, refusal: atFields(refusal) }, form.values);
  return data<DetailsAnswer>({ ...shown.data, hits: undefined, version }, shown.init ?? {});
}

async function search(step: Step) {
  const q = textIn(step.form.values, 'facilityIdQuery');
  const found = await ask(facilitySearch, step.ctx, { q, prefecture: textIn(step.form.values, 'facilityPrefecture') });
  if (!found.ok) return refused(step, found.refusal);
  return answer(step, { hits: facilityOptions(found.value), values: { ...step.form.values, facilityId: '' } });
}

async function copy(step: Step, provider: Readonly<RouterContextProvider>) {
  const { ctx, id, form, version } = step;
  const earlier = await ask(earlierDetails, ctx, { id });
  const details = detailsIn(form.values);
  const outcome = await run(saveDetails, ctx, {
    id,
    version,
    details: earlier.ok ? copiedDetails(details, earlier.value) : details,
    complete: false,
  });
  if (!outcome.ok) return refused(step, outcome.refusal);
  // A new address gives a new form, which shows what was copied.
  return redirectWithFlash(
    provider,
    `${caseAt(ctx, id)}/details?copied=${outcome.value.version}`,
    '前の届から写しました。内容をご確認ください。',
  );
}

async function removePaper({ ctx, id, form }: Step, provider: Readonly<RouterContextProvider>) {
  const documentId = form.intent.slice('delete-file:'.length);
  const row = await rowOfFile(ctx, id, documentId);
  orThrow(await run(removeDocument, ctx, { id, documentId }));
  return redirectWithFlash(provider, `${caseAt(ctx, id)}/details${row === undefined ? '' : `#${fieldId(row)}`}`, '削除しました。');
}

/** Where a kept form is found again: among the drafts, or at the case that was sent back. */
async function savedPlace({ ctx, id }: Step): Promise<string> {
  const { number } = orThrow(await ask(myConfirmation, ctx, { id }));
  return number === '' ? await draftsAt(ctx, id) : caseAt(ctx, id);
}

/** Keeps what was typed, takes the files, then does what the pressed button says. */
export async function actOnDetails(provider: Readonly<RouterContextProvider>, id: string, form: ParsedForm) {
  const before: Step = { ctx: contextOf(provider), id, form };
  const kept = await run(saveDetails, before.ctx, { id, version: form.input['version'], details: detailsIn(form.values), complete: false });
  if (!kept.ok) return refused(before, kept.refusal);
  const step: Step = { ...before, version: kept.value.version };
  const errors = await takePapers(step.ctx, id, form);
  if (Object.keys(errors).length > 0) return refused(step, refuseFields(errors).refusal);
  if (form.intent === 'next') return await goOn(step);
  if (form.intent === 'save') return redirectWithFlash(provider, await savedPlace(step), '一時保存しました。');
  if (form.intent === 'copy') return await copy(step, provider);
  if (form.intent === 'search:facilityId') return await search(step);
  if (form.intent.startsWith('delete-file:')) return await removePaper(step, provider);
  if (form.intent.startsWith('upload:')) {
    return redirectWithFlash(
      provider,
      `${caseAt(step.ctx, id)}/details#${fieldId(form.intent.slice('upload:'.length))}`,
      'ファイルを受け付けました。',
    );
  }
  return refused(step, refuse('invalid').refusal);
}
