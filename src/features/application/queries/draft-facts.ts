import type { Actor } from '#kernel/actor.ts';
import { isId } from '#kernel/id.ts';
import type { JoinField } from '../fields.ts';
import type { ApplicationKind } from '../flow.ts';
import { changeForm, transferForm, withdrawalDraft } from '../forms.ts';
import { caseRoot } from '../places.ts';
import { joinForm } from '../schema.ts';

/** Where an application of each kind begins, goes on and is corrected, and what a line of 一時保存 says of it. */

/** The page on which a returned case is corrected. */
export const correctionPage: Readonly<Record<ApplicationKind, JoinField['page']>> = {
  join: 'details',
  transfer: 'details',
  change: 'details',
  withdrawal: 'associations',
};

export type DraftFacts = {
  /** Associations that the draft speaks of, lowest first. */
  associationIds: readonly number[];
  /** The workplace: from the master, of an affiliation, or as typed. */
  facilityId: string | undefined;
  affiliationId: string | undefined;
  facilityName: string;
  /** Where one goes on. */
  page: JoinField['page'];
};

const nothing: DraftFacts = { associationIds: [], facilityId: undefined, affiliationId: undefined, facilityName: '', page: 'associations' };

function joinFacts(stored: unknown): DraftFacts {
  const parsed = joinForm.safeParse(stored);
  if (!parsed.success) return nothing;
  const { choices, details } = parsed.data;
  const { facilityId, facilityName } = details;
  return {
    ...nothing,
    associationIds: choices.map((choice) => choice.associationId),
    facilityId: isId(facilityId) ? facilityId : undefined,
    facilityName: typeof facilityName === 'string' ? facilityName : '',
    page: choices.every((choice) => choice.categoryId > 0) ? 'details' : 'associations',
  };
}

function withdrawalFacts(stored: unknown): DraftFacts {
  const parsed = withdrawalDraft.safeParse(stored);
  if (!parsed.success) return nothing;
  return {
    ...nothing,
    associationIds: parsed.data.leave,
    affiliationId: parsed.data.affiliationId === '' ? undefined : parsed.data.affiliationId,
  };
}

function changeFacts(stored: unknown): DraftFacts {
  const parsed = changeForm.safeParse(stored);
  if (!parsed.success) return { ...nothing, page: 'change' };
  const { before, affiliationId, reason } = parsed.data;
  const associationIds = before.map((one) => one.associationId);
  return { ...nothing, associationIds, affiliationId, page: reason === '' ? 'change' : 'details' };
}

function transferFacts(stored: unknown): DraftFacts {
  const parsed = transferForm.safeParse(stored);
  if (!parsed.success) return { ...nothing, page: 'transfer' };
  const { before, affiliationId, destination, undecided, reason } = parsed.data;
  const asked = destination?.choices ?? before;
  const chosen = undecided || (destination !== null && destination.choices.every((choice) => choice.categoryId > 0));
  const page = reason === '' ? 'transfer' : chosen ? 'details' : 'destination';
  return { ...nothing, associationIds: asked.map((one) => one.associationId), affiliationId, page };
}

const readers: Readonly<Record<ApplicationKind, (stored: unknown) => DraftFacts>> = {
  join: joinFacts,
  transfer: transferFacts,
  change: changeFacts,
  withdrawal: withdrawalFacts,
};

/** What a stored form of a kind says; nothing while it is not of that kind. */
export function draftFacts(kind: ApplicationKind, form: unknown): DraftFacts {
  return readers[kind](form);
}

/** Where a draft is taken up again. */
export function continueTo(actor: Actor, draft: { id: string; kind: ApplicationKind; form: unknown }): string {
  return `${caseRoot(actor)}/${draft.id}/${draftFacts(draft.kind, draft.form).page}`;
}
