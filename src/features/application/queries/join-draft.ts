import { pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Asked } from '../commands/details-asked.ts';
import { askedOf } from '../commands/details-asked.ts';
import type { FormPage, JoinShown } from '../fields.ts';
import type { Case } from '../store.server.ts';
import { loadCaseShown } from './case-shown.ts';
import { loadFiled } from './filing.ts';

/** What steps 2 and 3 of 入会届 both need: the draft (or returned case), its settings, and the words of its codes. */
export type JoinDraft = {
  target: Case;
  asked: Asked;
  /** Settings with the association they belong to: today's, or those the case was sent under. */
  settings: readonly { associationId: number; settings: AssociationSettings }[];
  shown: JoinShown;
};

/** Undefined when there is no such join of the actor's, or step 1 was never finished. */
export async function loadDraft(tx: ReadTransaction, ctx: Context, id: string): Promise<JoinDraft | undefined> {
  const target = await loadFiled(tx, ctx, id);
  const asked = target === undefined ? undefined : askedOf(target.kind, target.form);
  if (target === undefined || asked === undefined) return undefined;
  const pins = target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const settings = pins.length > 0 ? await pinnedSettings(tx, pins) : await settingsOn(tx, asked.associationIds, ctx.today);
  const shown = await loadCaseShown(tx, {
    kind: asked.kind,
    form: asked.form,
    applicationId: id,
    settings: settings.map((row) => row.settings),
    on: ctx.today,
  });
  return shown === undefined ? undefined : { target, asked, settings, shown };
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

/** The page of an earlier step that is not finished; undefined once step 2 may be filled in. */
export function unfinishedPage({ asked, shown }: Pick<JoinDraft, 'asked' | 'shown'>): FormPage | undefined {
  if ('reason' in asked.form && asked.form.reason === '') return asked.kind === 'change' ? 'change' : 'transfer';
  if (shown.choices.every((choice) => choice.categoryId > 0)) return undefined;
  return asked.kind === 'transfer' ? 'destination' : 'associations';
}

/** The prefecture in which the search for a facility begins. */
export function prefectureOf({ form }: Asked): string {
  if ('prefecture' in form) return form.prefecture;
  return 'destination' in form ? (form.destination?.prefecture ?? '') : '';
}
