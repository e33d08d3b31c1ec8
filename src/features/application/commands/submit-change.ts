import type { Day } from '#kernel/day.ts';
import { fiscalYear } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { ChangeForm } from '../forms.ts';
import { changeForm } from '../forms.ts';
import { texts } from '../messages.ts';
import { isDecided } from '../flow.ts';
import { proxyTexts } from '../proxy-messages.ts';
import type { PlannedStep } from '../plan.ts';
import { planChange } from '../plan.ts';
import { versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { hasWorkplace } from './details-asked.ts';
import { caseLocks, gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { beforeOf, rivalOf, rivalRefusal, workplaceStays } from './origin.ts';
import type { DetailsAround } from './save-details.ts';
import { judgeDetails, loadDetailsAround } from './save-details.ts';
import type { Sent } from './send-off.ts';
import { sendOff } from './send-off.ts';

export type ChangeToSend = {
  target: Case;
  form: ChangeForm;
  around: DetailsAround;
  person: Person;
  rival: { id: string } | undefined;
  /** Settings of what the group carries now. */
  settings: PinnedSettings[];
};

/** What a 異動届 without change of association is judged and sent with; undefined for any other case. */
export async function loadChange(tx: ReadTransaction, ctx: Context, target: Case | undefined): Promise<ChangeToSend | undefined> {
  const form = changeForm.safeParse(target?.form);
  if (target?.kind !== 'change' || !form.success) return undefined;
  const facilityId = form.data.details['facilityId'];
  const around = await loadDetailsAround(tx, ctx, { target, facilityId: typeof facilityId === 'string' ? facilityId : '' });
  const person = await findPerson(tx, target.personId);
  if (around === undefined || person === undefined) return undefined;
  const carried = around.origin?.carried.map((place) => place.associationId) ?? [];
  const settings = await settingsOn(tx, carried, ctx.today);
  return { target, form: form.data, around, person, settings, rival: await rivalOf(tx, target, form.data.affiliationId) };
}

export type SettledChange = { form: ChangeForm; wishedOn: Day };

/** 「変更しない」 means the facility of the group, whatever else was typed. */
function detailsKept(form: ChangeForm, origin: Origin): ChangeForm['details'] {
  const kept = { ...form.details, facilityId: origin.facilityId ?? '', facilityName: '' };
  return origin.facilityId === null ? { ...kept, facilityUndecided: 'on' } : kept;
}

/** The lowest office decides the day of the new workplace; after that the paper cannot change it any more (`rules.md 3.7, 3.8`). */
function isWorkplaceDecided({ steps }: Case): boolean {
  const [lowest] = steps.toSorted((a, b) => b.layer - a.layer);
  return lowest !== undefined && isDecided(lowest.state);
}

/** The form as it is sent: judged, with what is true of the group now. */
export function settleChange(ctx: Context, { target, form, around }: ChangeToSend): Outcome<SettledChange> {
  const { origin } = around;
  const settled = isWorkplaceDecided(target);
  if (origin === undefined && !settled) return refuse('conflict', { message: texts.groupGone });
  const judged = judgeDetails(around, form.details, ctx);
  if (!judged.ok) return judged;
  const { wishedOn } = judged.value;
  if (wishedOn === undefined || !hasWorkplace(judged.value)) return refuse('invalid');
  if (settled) {
    const stays = origin !== undefined && workplaceStays(origin, judged.value);
    return stays === form.workplaceStays ? accepted({ wishedOn, form }) : refuseFields({ keepFacility: [texts.fixedWorkplace] });
  }
  if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
  return accepted({
    wishedOn,
    form: {
      ...form,
      workplaceStays: workplaceStays(origin, judged.value),
      details: judged.value.keepFacility === true ? detailsKept(form, origin) : form.details,
    },
  });
}

type ReadyChange = { form: ChangeForm; wishedOn: Day; planned: PlannedStep[] };

/** Everything that is wrong with a 異動届 without change of association as it would be sent now. */
export function decideChange(ctx: Context, loaded: ChangeToSend): Outcome<ReadyChange> {
  if (loaded.rival !== undefined) return rivalRefusal(ctx, loaded.rival.id);
  if (loaded.person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
  const settled = settleChange(ctx, loaded);
  if (!settled.ok) return settled;
  const { origin } = loaded.around;
  if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
  const held = (id: number) => origin.carried.find((place) => place.associationId === id)?.categoryId;
  if (settled.value.form.reason === '') return refuseFields({ reason: [texts.notSelected] });
  const changes = settled.value.form.changes.filter(({ associationId, categoryId }) => {
    const now = held(associationId);
    return now !== undefined && now !== categoryId;
  });
  if (changes.length === 0 && settled.value.form.workplaceStays) return refuseFields({ keepFacility: [texts.nothingChanges] });
  const form = { ...settled.value.form, changes, before: beforeOf(origin), workplaceBefore: origin.facilityName ?? '' };
  return accepted({ form, wishedOn: settled.value.wishedOn, planned: planChange({ carried: origin.carried, changes }) });
}

/** Sends one that was judged. */
export async function sendChange(
  tx: WriteTransaction,
  ctx: Context,
  { loaded, decision }: { loaded: ChangeToSend; decision: ReadyChange },
): Promise<Sent> {
  const { target, person, settings } = loaded;
  const { affiliationId } = decision.form;
  return await sendOff(tx, ctx, { ...decision, target, person, settings, affiliationId, openKey: affiliationId, order: 'parallel' });
}

/** Sends off a 異動届 without change of association: no leave and no join arises (`rules.md 3.7`). */
export const submitChange = command({
  name: 'application.submitChange',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadChange(tx, ctx, await loadCase(tx, ctx.actor, input.id)),
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide: decideChange,
  save: async (tx, { ctx, target: loaded, decision }) => {
    const { target } = loaded;
    const { number, events, alsoAudit } = await sendChange(tx, ctx, { loaded, decision });
    const detail = { number, fiscalYear: fiscalYear(ctx.today) };
    return {
      value: { id: target.id, number },
      audit: { action: 'application.submit', personIds: [target.personId], target: target.id, detail },
      alsoAudit,
      events,
    };
  },
  constraints: { application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }) },
});
