import { foldPost } from '#kernel/fold-input.ts';
import { messages } from '#kernel/messages.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { addressOfPostalCode, findSchools, findSocieties, schoolName } from '../queries/profile-options.ts';
import { profileDraftInput, type ProfileDraft, textIn, textsIn } from '../schema.ts';
import type { ProfileExtras } from './study-fields.tsx';

/** The buttons of every form of a profile (A-07, A-10, D-03, O-09): 住所を検索, 検索 and 追加する fill in without judging. */

export type ProfileHits = Pick<ProfileExtras, 'schoolHits' | 'societyHits'>;
const noHits: ProfileHits = { schoolHits: undefined, societyHits: undefined };

/** `stamp` gives the form new boxes where the server has filled some in. */
export type ProfileView = { values: ProfileDraft; extras: ProfileExtras; stamp: string };

/** The form as the page shows it. */
export async function profileView(ctx: Context, draft: ProfileDraft, hits: ProfileHits = noHits): Promise<ProfileView> {
  const societies = textsIn(draft, 'societies');
  const stamp = [textIn(draft, 'prefectureCode'), textIn(draft, 'addressLine'), societies.length, hits.schoolHits?.length].join('|');
  const code = textIn(draft, 'schoolCode');
  const label = await schoolName(ctx, code);
  return { values: draft, stamp, extras: { school: label === '' ? undefined : { value: code, label }, societies, ...hits } };
}

const notOfDraft = new Set(['intent', 'idempotencyKey', 'version', 'hat', 'society']);

/** 担当する科名 are those besides the main one: it is not named twice (`screens.md A-07`). */
function withoutMain(draft: ProfileDraft): ProfileDraft {
  const main = textIn(draft, 'mainDepartment');
  const departments = textsIn(draft, 'departments');
  return departments.includes(main) ? { ...draft, departments: departments.filter((code) => code !== main) } : draft;
}

/** What was typed, by field; a school whose words were wiped is no school. */
export function profileDraftIn(form: Pick<ParsedForm, 'values'>): ProfileDraft {
  const typed = profileDraftInput.parse(Object.fromEntries(Object.entries(form.values).filter(([name]) => !notOfDraft.has(name))));
  const wiped = 'schoolCodeQuery' in typed && textIn(typed, 'schoolCodeQuery').trim() === '';
  return withoutMain(wiped ? { ...typed, schoolCode: '' } : typed);
}

/** A society that was picked, or typed to the letter as the list has it. */
async function withSociety(ctx: Context, picked: string, draft: ProfileDraft): Promise<Filled> {
  const found = picked === '' ? await findSocieties(ctx, textIn(draft, 'societyQuery')) : [{ value: picked, label: picked }];
  const [only] = found;
  if (only === undefined || found.length > 1) return { draft, hits: { ...noHits, societyHits: found } };
  const societies = [...new Set([...textsIn(draft, 'societies'), only.value])];
  return { draft: { ...draft, societies, societyQuery: '' }, hits: noHits };
}

function withAddress(draft: ProfileDraft): Filled {
  const found = addressOfPostalCode(foldPost(textIn(draft, 'postalCode')));
  if (found === undefined) return { draft, hits: noHits, refusal: refuseFields({ postalCode: [messages.postUnknown()] }).refusal };
  return { draft: { ...draft, prefectureCode: found.prefectureCode, addressLine: found.line }, hits: noHits };
}

/** What a button has filled in; `refusal` where it found nothing. */
export type Filled = { draft: ProfileDraft; hits: ProfileHits; refusal?: Refusal };

/** The form with what the pressed button fills in; undefined when the button was 確認画面へ進む. */
export async function fillProfile(ctx: Context, form: ParsedForm, draft: ProfileDraft): Promise<Filled | undefined> {
  if (form.intent === 'postal') return withAddress(draft);
  if (form.intent === 'search:schoolCode') {
    const schoolHits = await findSchools(ctx, textIn(draft, 'schoolCodeQuery'));
    return { draft: { ...draft, schoolCode: '' }, hits: { ...noHits, schoolHits } };
  }
  if (form.intent === 'search:society') {
    return { draft, hits: { ...noHits, societyHits: await findSocieties(ctx, textIn(draft, 'societyQuery')) } };
  }
  if (form.intent !== 'addSociety') return undefined;
  const picked = form.input['society'];
  return await withSociety(ctx, typeof picked === 'string' ? picked : '', draft);
}
