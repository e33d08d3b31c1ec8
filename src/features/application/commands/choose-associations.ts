import { newId } from '#kernel/id.ts';
import type { Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { categoriesOf, chainOf, childrenOf, settingsOn } from '#features/association/queries/directory.ts';
import { memberAmong } from '#features/membership/queries/standing.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isDecided, isReturned } from '../flow.ts';
import { texts } from '../messages.ts';
import type { ChainLink, LinkSettings } from '../rules.ts';
import { chooseAssociations as choose } from '../rules.ts';
import type { Choice, JoinForm, SelectionInput } from '../schema.ts';
import { categoryField, chooseInput, joinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { insertDraft, loadCase, updateApplication } from '../store.server.ts';
import { listLeavingUndecided, listOpenJoins } from '../draft.store.server.ts';
import { draftLocks } from './draft-locks.ts';
import { gate } from './gate.ts';

const noDemand: LinkSettings = { requiredUpperLayers: 'none', directJoin: false };

type Surroundings = {
  draft: Case | undefined;
  personId: string;
  chain: ChainLink[];
  /** Associations stand below the chosen one, so one joins there first (`rules.md 1.1`). */
  hasChildren: boolean;
  memberOf: number[];
  pending: number[];
  lowest: LinkSettings;
  prefecture: LinkSettings;
  categories: { id: number; associationId: number }[];
};

/** Everything a choice of associations depends on. */
export async function loadChoice(
  tx: ReadTransaction,
  ctx: Context,
  ask: { personId: string; lowestAssociationId: number; applicationId: string },
): Promise<Omit<Surroundings, 'draft'>> {
  const chain = await chainOf(tx, ask.lowestAssociationId, ctx.today);
  const ids = chain.map((link) => link.id);
  const settings = await settingsOn(tx, ids, ctx.today);
  // What ends, decided or asked for by a 異動届 without destination, can be joined anew: its office decides from when.
  const leaving = await listLeavingUndecided(tx, ask.personId);
  const settingsOf = (id: number | undefined) => settings.find((row) => row.associationId === id)?.settings ?? noDemand;
  return {
    personId: ask.personId,
    chain: chain.map((link) => ({ associationId: link.id, layer: link.layer, name: link.name })),
    hasChildren: (await childrenOf(tx, ask.lowestAssociationId, ctx.today)).length > 0,
    memberOf: (await memberAmong(tx, ctx.actor, { personId: ask.personId, associationIds: ids })).filter((id) => !leaving.includes(id)),
    pending: await listOpenJoins(tx, ask.personId, ask.applicationId),
    lowest: settingsOf(ask.lowestAssociationId),
    prefecture: settingsOf(chain.find((link) => link.layer === 2)?.id),
    categories: await categoriesOf(tx, ids, ctx.today),
  };
}

type Chosen = { ok: true; choices: Choice[] } | Refused;

/** Why one cannot begin at the lowest association chosen; undefined when one can. */
function lowestFault(around: Omit<Surroundings, 'draft'>, input: SelectionInput): string | undefined {
  const [lowest] = around.chain;
  if (lowest === undefined || input.direct || around.memberOf.includes(lowest.associationId)) return undefined;
  if (lowest.layer <= 2) return texts.chooseLowerAssociation;
  return around.hasChildren ? texts.chooseDistrict(lowest.name) : undefined;
}

/** Category of an association that has not been chosen yet: only a draft may hold it. */
export const noCategory = 0;

/**
 * The choices of step 1 as associations with a category each, lowest first, or what is wrong with them. With
 * `complete: false` (一時保存する) categories may be missing.
 */
export function decideChoices(around: Omit<Surroundings, 'draft'>, input: SelectionInput & { complete: boolean }): Chosen {
  const fault = lowestFault(around, input);
  if (fault !== undefined) return refuseFields({ lowestAssociationId: [fault] });
  const answer = choose({ ...around, ticked: input.ticked, direct: input.direct });
  if (!answer.ok) return refuseFields({ lowestAssociationId: [answer.message] });
  const choices: Choice[] = [];
  const fields: Record<string, string[]> = {};
  for (const link of answer.chosen) {
    const categoryId = Number(input.categories[categoryField(link.associationId)] ?? '');
    if (around.categories.some((category) => category.id === categoryId && category.associationId === link.associationId)) {
      choices.push({ associationId: link.associationId, categoryId });
    } else if (!input.complete) {
      choices.push({ associationId: link.associationId, categoryId: noCategory });
    } else {
      fields[`categories.${categoryField(link.associationId)}`] = [texts.chooseCategory];
    }
  }
  return Object.keys(fields).length > 0 ? refuseFields(fields) : { ok: true, choices };
}

/** A direct join begins at the prefecture, whichever district showed the way there. */
export function lowestOf(input: SelectionInput, choices: readonly Choice[], chain: readonly ChainLink[]): number {
  if (!input.direct) return input.lowestAssociationId;
  return chain.find((link) => link.layer === 2)?.associationId ?? choices[0]?.associationId ?? input.lowestAssociationId;
}

function formOf(input: SelectionInput, choices: Choice[], before: unknown): JoinForm {
  const earlier = joinForm.partial().safeParse(before);
  const details = earlier.success ? (earlier.data.details ?? {}) : {};
  return {
    way: input.way,
    prefecture: input.prefecture,
    lowestAssociationId: input.lowestAssociationId,
    direct: input.direct,
    choices,
    details: input.facilityId !== '' && (details['facilityId'] ?? '') === '' ? { ...details, facilityId: input.facilityId } : details,
  };
}

/** Step 1 of 入会届: begins the draft or changes its associations; a returned case may be changed in categories only. */
export const chooseAssociations = command({
  name: 'application.chooseAssociations',
  input: chooseInput,
  locks: draftLocks,
  load: async (tx, input, ctx): Promise<Surroundings | undefined> => {
    const draft = input.id === '' ? undefined : await loadCase(tx, ctx.actor, input.id);
    const personId = draft?.personId ?? (ctx.actor.kind === 'doctor' ? ctx.actor.personId : undefined);
    if (personId === undefined || (input.id !== '' && draft?.kind !== 'join')) return undefined;
    return {
      draft,
      ...(await loadChoice(tx, ctx, {
        personId,
        lowestAssociationId: input.lowestAssociationId,
        applicationId: input.id,
      })),
    };
  },
  allow: (ctx, target, input) => {
    if (target.draft !== undefined) return gate(ctx, 'edit', { target: target.draft, seen: input.version ?? 0 });
    return ctx.actor.kind === 'doctor' ? true : refuse('forbidden');
  },
  decide: (_ctx, target, input) => {
    if (target.draft !== undefined && isReturned(target.draft.state)) return correct(target.draft, target, input);
    const decided = decideChoices(target, input);
    if (!decided.ok) return decided;
    const begun = { ...input, lowestAssociationId: lowestOf(input, decided.choices, target.chain) };
    return accepted({ id: target.draft?.id ?? newId(), form: formOf(begun, decided.choices, target.draft?.form) });
  },
  save: async (tx, { ctx, target, decision }) => {
    if (target.draft === undefined) {
      await insertDraft(tx, { id: decision.id, kind: 'join', personId: target.personId, form: decision.form, at: ctx.now });
    } else {
      await updateApplication(tx, { id: decision.id, version: target.draft.version, now: ctx.now }, { form: decision.form });
    }
    return {
      value: { id: decision.id },
      audit: { action: 'application.chooseAssociations', personIds: [target.personId], target: decision.id },
      events: [],
    };
  },
});

/** A returned case keeps its associations, and the categories that have been decided; the others may be corrected. */
function correct(draft: Case, around: Surroundings, input: SelectionInput) {
  const form = joinForm.safeParse(draft.form);
  if (!form.success) return refuse('conflict');
  const asked = new Set(form.data.choices.map((choice) => choice.associationId));
  if (input.lowestAssociationId !== form.data.lowestAssociationId || input.ticked.some((id) => !asked.has(id))) {
    return refuseFields({ lowestAssociationId: [texts.fixedAssociations] });
  }
  const fields: Record<string, string[]> = {};
  const choices = form.data.choices.map((choice) => {
    if (draft.steps.some((step) => step.associationId === choice.associationId && isDecided(step.state))) return choice;
    const categoryId = Number(input.categories[categoryField(choice.associationId)] ?? '');
    const known = around.categories.some((category) => category.id === categoryId && category.associationId === choice.associationId);
    if (!known) fields[`categories.${categoryField(choice.associationId)}`] = [texts.chooseCategory];
    return { ...choice, categoryId };
  });
  return Object.keys(fields).length > 0 ? refuseFields(fields) : accepted({ id: draft.id, form: { ...form.data, choices } });
}
