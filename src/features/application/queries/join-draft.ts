import { pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown } from '../fields.ts';
import type { JoinForm } from '../schema.ts';
import { joinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { loadJoinShown } from './join-shown.ts';

/** What steps 2 and 3 of 入会届 both need: the draft (or returned case), its settings, and the words of its codes. */
export type JoinDraft = {
  target: Case;
  form: JoinForm;
  /** Settings with the association they belong to: today's, or those the case was sent under. */
  settings: readonly { associationId: number; settings: AssociationSettings }[];
  shown: JoinShown;
};

/** Undefined when there is no such join of the actor's, or step 1 was never finished. */
export async function loadDraft(tx: ReadTransaction, ctx: Context, id: string): Promise<JoinDraft | undefined> {
  const target = await loadCase(tx, ctx.actor, id);
  const form = joinForm.safeParse(target?.form);
  if (target === undefined || target.kind !== 'join' || !form.success) return undefined;
  const pins = target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const ids = form.data.choices.map((choice) => choice.associationId);
  const settings = pins.length > 0 ? await pinnedSettings(tx, pins) : await settingsOn(tx, ids, ctx.today);
  const shown = await loadJoinShown(tx, {
    form: form.data,
    applicationId: id,
    settings: settings.map((row) => row.settings),
    on: ctx.today,
  });
  return { target, form: form.data, settings, shown };
}

/** What 期 and fee waiver are computed from (`rules.md 6`). */
export type FeeFacts = { graduatedOn: string; trainingEndsOn: string | null; isTrainee: boolean };

/** Trainee when the profile names the end of a training that is still to come. */
export async function feeFactsOf(tx: ReadTransaction, ctx: Context, personId: string): Promise<FeeFacts | undefined> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return undefined;
  const ends = person.trainingEndsOn;
  return { graduatedOn: person.graduatedOn, trainingEndsOn: ends, isTrainee: ends !== null && ends >= ctx.today.slice(0, 7) };
}

/** True while a category of step 1 is missing. */
export function lacksCategory(form: JoinForm): boolean {
  return form.choices.some((choice) => choice.categoryId === 0);
}
