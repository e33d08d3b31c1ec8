import { data } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { fillProfile, profileDraftIn, profileView, type ProfileView } from '#features/person/pages/profile-entries.ts';
import { type ProfileDraft, textIn } from '#features/person/schema.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { refusalData } from '#platform/http/respond.ts';
import { saveEntries } from '../commands/save-entries.ts';
import type { OpenRegistration } from '../queries/registration.ts';

/** What the buttons of A-07 do. Whatever is pressed, everything typed is kept first. */

/** At a first login number and day of registration are shown, not asked: those kept stand. */
function withLicence(draft: ProfileDraft, { accountId, draft: kept }: OpenRegistration): ProfileDraft {
  if (accountId === null) return draft;
  return { ...draft, licenceNumber: textIn(kept, 'licenceNumber'), licensedOn: textIn(kept, 'licensedOn') };
}

export type EntriesAnswer = { refusal: Refusal | undefined; view: ProfileView };
export type Saved = { registration: OpenRegistration; form: ParsedForm };

async function refused(ctx: Context, refusal: Refusal, draft: ProfileDraft) {
  const shown = refusalData({ ok: false, refusal }, {});
  return data<EntriesAnswer>({ refusal: shown.data.refusal, view: await profileView(ctx, draft) }, shown.init ?? {});
}

/** Answers the form again; undefined when all is well and the next page comes. */
export async function actOnEntries(ctx: Context, { registration, form }: Saved) {
  const draft = withLicence(profileDraftIn(form), registration);
  const filled = await fillProfile(ctx, form, draft);
  if (filled?.refusal !== undefined) return await refused(ctx, filled.refusal, draft);
  const entries = { draft: filled?.draft ?? draft, raw: form.input, complete: filled === undefined };
  const outcome = await saveEntries(ctx, registration, entries);
  if (!outcome.ok) return await refused(ctx, outcome.refusal, entries.draft);
  if (filled === undefined) return undefined;
  return data<EntriesAnswer>({ refusal: undefined, view: await profileView(ctx, filled.draft, filled.hits) });
}
