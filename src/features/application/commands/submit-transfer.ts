import type { Day } from '#kernel/day.ts';
import { fiscalYear } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Move, TransferForm } from '../forms.ts';
import { texts } from '../messages.ts';
import { proxyTexts } from '../proxy-messages.ts';
import type { PlannedStep, TransferOrder } from '../plan.ts';
import { planTransfer, planWithdrawal } from '../plan.ts';
import type { ChainLink } from '../rules.ts';
import { categoryField, versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import type { Leaving } from './choose-destination.ts';
import { decideDestination, decideUndecided, loadDestination, loadLeaving } from './choose-destination.ts';
import type { Judged } from './details-asked.ts';
import { caseLocks, gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { beforeOf, leavesApart, rivalOf, rivalRefusal } from './origin.ts';
import type { DetailsAround } from './save-details.ts';
import { judgeDetails, loadDetailsAround } from './save-details.ts';
import type { Sent } from './send-off.ts';
import { sendOff } from './send-off.ts';

export type TransferToSend = Leaving & {
  around: DetailsAround;
  person: Person;
  rival: { id: string } | undefined;
  /** The destination and its chain as they are now; undefined where it is not known yet. */
  ahead: Awaited<ReturnType<typeof loadDestination>> | undefined;
  /** Settings of every association that may have a step. */
  settings: readonly PinnedSettings[];
};

/** What a transfer is judged and sent with; undefined for any other case, and while its destination is missing. */
export async function loadTransfer(tx: ReadTransaction, ctx: Context, asked: Case | undefined): Promise<TransferToSend | undefined> {
  const leaving = await loadLeaving(tx, ctx, asked);
  const person = leaving === undefined ? undefined : await findPerson(tx, leaving.target.personId);
  if (leaving === undefined || person === undefined) return undefined;
  const { form, target, origin } = leaving;
  const facilityId = form.details['facilityId'];
  const around = await loadDetailsAround(tx, ctx, { target, facilityId: typeof facilityId === 'string' ? facilityId : '' });
  if (around === undefined) return undefined;
  const destination =
    form.destination === null
      ? undefined
      : await loadDestination(tx, ctx, { ...leaving, lowestAssociationId: form.destination.lowestAssociationId });
  const ids = [...(origin?.carried ?? []), ...(destination?.chain ?? [])].map((place) => place.associationId);
  return {
    ...leaving,
    around,
    person,
    ahead: destination,
    rival: await rivalOf(tx, target, form.affiliationId),
    settings: await settingsOn(tx, [...new Set(ids)], ctx.today),
  };
}

/** The form against what is true now: a draft may have waited while memberships and settings moved on. */
function renewed({ ahead, ...loaded }: TransferToSend, origin: Origin): Outcome<{ form: TransferForm }> {
  const { form } = loaded;
  const moves = Object.fromEntries(form.moves.map((move) => [categoryField(move.associationId), move.affiliationId || 'end']));
  if (ahead === undefined || form.destination === null) return decideUndecided({ ...loaded, origin }, moves);
  const { choices, ...destination } = form.destination;
  const ticked = choices.map((choice) => choice.associationId);
  const categories = Object.fromEntries(choices.map((choice) => [categoryField(choice.associationId), String(choice.categoryId)]));
  const asked = { ...destination, ticked, categories, moves };
  return decideDestination(ahead, { ...loaded, origin }, { ...asked, facilityId: '', complete: true });
}

/** Where the destination begins in another group, both go on as that one: no third group arises (`rules.md 1.3, 1.4`). */
function movesOf(form: TransferForm, { others, ahead }: TransferToSend): Move[] {
  const [lowest] = ahead?.chain ?? [];
  const host = others.find((other) => other.carried.some((place) => place.associationId === lowest?.associationId));
  if (host === undefined || !isId(host.id)) return form.moves;
  const affiliationId = host.id;
  return [...form.moves, ...(form.destination?.choices ?? []).map(({ associationId }) => ({ associationId, affiliationId }))];
}

function plannedOf(
  { form, origin, moves }: { form: TransferForm; origin: Origin; moves: readonly Move[] },
  chain: readonly ChainLink[],
): PlannedStep[] {
  const carried = origin.carried.map((place) => place.associationId);
  const moved = moves
    .filter((move) => move.affiliationId !== '')
    .map((move) => move.associationId)
    .filter((id) => carried.includes(id));
  if (form.undecided) return planWithdrawal({ carried: origin.carried, leave: carried, moved });
  const destination = (form.destination?.choices ?? [])
    .filter((choice) => !moved.includes(choice.associationId))
    .map((choice) => ({ ...choice, layer: chain.find((link) => link.associationId === choice.associationId)?.layer ?? 0 }));
  return planTransfer({ carried: origin.carried, destination, moved, leaveApart: form.leaveApart });
}

/** The order of the two sides follows the old lowest association (`rules.md 3.6`). */
function orderOf(planned: readonly PlannedStep[], settings: readonly PinnedSettings[]): TransferOrder {
  const leaving = planned.find((step) => step.leg === 'leave');
  return settings.find((row) => row.associationId === leaving?.associationId)?.settings.transferOrder ?? 'parallel';
}

/** The day that the case is listed under: the join, or the leave while nothing is joined. */
export function wishOf(form: TransferForm, judged: Judged): Day | undefined {
  return form.undecided ? judged.leaveOn : judged.wishedOn;
}

type ReadyTransfer = { form: TransferForm; wishedOn: Day; planned: PlannedStep[]; order: TransferOrder };

/** Everything that is wrong with a 異動届 with change of association as it would be sent now. */
export function decideTransfer(ctx: Context, loaded: TransferToSend): Outcome<ReadyTransfer> {
  const { origin, form, around } = loaded;
  if (loaded.rival !== undefined) return rivalRefusal(ctx, loaded.rival.id);
  if (loaded.person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
  if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
  if (form.reason === '') return refuseFields({ reason: [texts.notSelected] });
  if (leavesApart(origin, loaded.settings) !== form.leaveApart) return refuseFields({ affiliationId: [texts.leaveSettingMoved] });
  const judged = judgeDetails(around, form.details, ctx);
  if (!judged.ok) return judged;
  const wishedOn = wishOf(form, judged.value);
  if (wishedOn === undefined) return refuse('invalid');
  const again = renewed(loaded, origin);
  if (!again.ok) return again;
  const moves = movesOf(again.value.form, loaded);
  const planned = plannedOf({ form: again.value.form, origin, moves }, loaded.ahead?.chain ?? []);
  if (!planned.some((step) => step.role === 'decide')) return refuseFields({ lowestAssociationId: [texts.alreadyElsewhere] });
  const sent: TransferForm = { ...again.value.form, moves, before: beforeOf(origin), workplaceBefore: origin.facilityName ?? '' };
  return accepted({ form: sent, wishedOn, planned, order: orderOf(planned, loaded.settings) });
}

/** Sends one that was judged. */
export async function sendTransfer(
  tx: WriteTransaction,
  ctx: Context,
  { loaded, decision }: { loaded: TransferToSend; decision: ReadyTransfer },
): Promise<Sent> {
  const { target, person, settings } = loaded;
  const { affiliationId } = decision.form;
  return await sendOff(tx, ctx, { ...decision, target, person, settings, affiliationId, openKey: affiliationId });
}

/** Sends off a 異動届 with change of association: both sides in one case (`rules.md 3.6`). */
export const submitTransfer = command({
  name: 'application.submitTransfer',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadTransfer(tx, ctx, await loadCase(tx, ctx.actor, input.id)),
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide: decideTransfer,
  save: async (tx, { ctx, target: loaded, decision }) => {
    const { target } = loaded;
    const { number, events, alsoAudit } = await sendTransfer(tx, ctx, { loaded, decision });
    const detail = { number, fiscalYear: fiscalYear(ctx.today), order: decision.order };
    return {
      value: { id: target.id, number },
      audit: { action: 'application.submit', personIds: [target.personId], target: target.id, detail },
      alsoAudit,
      events,
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
    application_step_one_open_join: () => refuse('conflict', { message: texts.openForAssociation }),
  },
});
