import { data } from 'react-router';
import { foldPost } from '#kernel/fold-input.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome, Refusal } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { addressOfPostalCode, findSchools, findSocieties } from '#features/person/queries/profile-options.ts';
import type { ProfileExtras } from '#features/person/pages/study-fields.tsx';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { refusalData } from '#platform/http/respond.ts';
import { saveEntries } from '../commands/save-entries.ts';
import { chosenSchool, type OpenRegistration, textIn, textsIn } from '../queries/registration.ts';
import type { Draft } from '../schema.ts';
import { draftInput } from '../schema.ts';

/** What the buttons of A-07 do. Whatever is pressed, everything typed is kept first. */

type Hits = Pick<ProfileExtras, 'schoolHits' | 'societyHits'>;
const noHits: Hits = { schoolHits: undefined, societyHits: undefined };

/** `stamp` gives the form new boxes where the server has filled some in. */
export type EntriesView = { values: Draft; extras: ProfileExtras; stamp: string };

/** The form as the page shows it, from what is kept. */
export async function viewOf(ctx: Context, draft: Draft, hits: Hits = noHits): Promise<EntriesView> {
  const societies = textsIn(draft, 'societies');
  const stamp = [textIn(draft, 'prefectureCode'), textIn(draft, 'addressLine'), societies.length, hits.schoolHits?.length].join('|');
  return { values: draft, stamp, extras: { school: await chosenSchool(ctx, draft), societies, ...hits } };
}

const notOfDraft = new Set(['intent', 'idempotencyKey', 'version', 'society']);

function draftIn(form: ParsedForm): Draft {
  const typed = Object.fromEntries(Object.entries(form.values).filter(([name]) => !notOfDraft.has(name)));
  const wiped = 'schoolCodeQuery' in typed && textIn(draftInput.parse(typed), 'schoolCodeQuery').trim() === '';
  return draftInput.parse(wiped ? { ...typed, schoolCode: '' } : typed);
}

/** At a first login number and day of registration are shown, not asked: those kept stand. */
function withLicence(draft: Draft, { accountId, draft: kept }: OpenRegistration): Draft {
  if (accountId === null) return draft;
  return { ...draft, licenceNumber: textIn(kept, 'licenceNumber'), licensedOn: textIn(kept, 'licensedOn') };
}

/** A society that was picked, or typed to the letter as the list has it. */
async function addSociety(ctx: Context, picked: string, draft: Draft): Promise<{ draft: Draft; hits: Hits }> {
  const found = picked === '' ? await findSocieties(ctx, textIn(draft, 'societyQuery')) : [{ value: picked, label: picked }];
  const [only] = found;
  if (only === undefined || found.length > 1) return { draft, hits: { ...noHits, societyHits: found } };
  const societies = [...new Set([...textsIn(draft, 'societies'), only.value])];
  return { draft: { ...draft, societies, societyQuery: '' }, hits: noHits };
}

function withAddress(draft: Draft): Outcome<Draft> {
  const found = addressOfPostalCode(foldPost(textIn(draft, 'postalCode')));
  if (found === undefined) return refuseFields({ postalCode: [messages.postUnknown()] });
  return { ok: true, value: { ...draft, prefectureCode: found.prefectureCode, addressLine: found.line } };
}

export type EntriesAnswer = { refusal: Refusal | undefined; view: EntriesView };
export type Saved = { registration: OpenRegistration; form: ParsedForm };

async function refused(ctx: Context, refusal: Refusal, draft: Draft) {
  const shown = refusalData({ ok: false, refusal }, {});
  return data<EntriesAnswer>({ refusal: shown.data.refusal, view: await viewOf(ctx, draft) }, shown.init ?? {});
}

type Filled = { draft: Draft; hits?: Hits };

async function keep(ctx: Context, { registration, form }: Saved, { draft, hits }: Filled) {
  const outcome = await saveEntries(ctx, registration, { draft, raw: form.input, complete: false });
  if (!outcome.ok) return await refused(ctx, outcome.refusal, draft);
  return data<EntriesAnswer>({ refusal: undefined, view: await viewOf(ctx, draft, hits) });
}

/** Answers the form again; undefined when all is well and the next page comes. */
export async function actOnEntries(ctx: Context, saved: Saved) {
  const { registration, form } = saved;
  const draft = withLicence(draftIn(form), registration);
  if (form.intent === 'postal') {
    const found = withAddress(draft);
    return found.ok ? await keep(ctx, saved, { draft: found.value }) : await refused(ctx, found.refusal, draft);
  }
  if (form.intent === 'search:schoolCode') {
    const schoolHits = await findSchools(ctx, textIn(draft, 'schoolCodeQuery'));
    return await keep(ctx, saved, { draft: { ...draft, schoolCode: '' }, hits: { ...noHits, schoolHits } });
  }
  if (form.intent === 'search:society') {
    return await keep(ctx, saved, { draft, hits: { ...noHits, societyHits: await findSocieties(ctx, textIn(draft, 'societyQuery')) } });
  }
  if (form.intent === 'addSociety') {
    const picked = form.input['society'];
    const added = await addSociety(ctx, typeof picked === 'string' ? picked : '', draft);
    return await keep(ctx, saved, added);
  }
  const outcome = await saveEntries(ctx, registration, { draft, raw: form.input, complete: true });
  return outcome.ok ? undefined : await refused(ctx, outcome.refusal, draft);
}
