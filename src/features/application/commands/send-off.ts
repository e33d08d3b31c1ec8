import { partsOfDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { doubtsAbout } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { heldIn } from '../forms.ts';
import type { PlannedStep, TransferOrder } from '../plan.ts';
import { stepsToArrive } from '../plan.ts';
import { possibleDouble } from '../rules.ts';
import type { NewStep } from '../step.store.server.ts';
import { insertAction, insertSteps } from '../step.store.server.ts';
import type { Case } from '../store.server.ts';
import { submitDraft } from '../sending.store.server.ts';
import { signature } from './gate.ts';
import type { Reached } from './reach.ts';
import { recordAutoReceipt } from './reach.ts';

export type SendingOff = {
  target: Pick<Case, 'id' | 'version' | 'personId'>;
  form: unknown;
  wishedOn: Day;
  affiliationId: string | null;
  openKey: string;
  person: Person;
  planned: readonly PlannedStep[];
  /** Settings in force, pinned from now on (`rules.md 4.1`); one for every planned association. */
  settings: readonly PinnedSettings[];
  order: TransferOrder;
  /** 異動届 without destination that this 入会届 follows (`rules.md 3.6`). */
  followsId?: string | undefined;
  /** 所在不明: nobody decides before this day (`rules.md 3.10`). */
  heldUntil?: Day | undefined;
};

function newSteps(sending: SendingOff, now: Date): NewStep[] {
  const waiting = sending.planned.map((step, ordinal) => {
    const settings = sending.settings.find((row) => row.associationId === step.associationId);
    if (settings === undefined) throw new Error(`association ${step.associationId} has no settings`);
    return { ...step, ordinal, state: 'waiting' as const, settings };
  });
  const held = heldIn(sending.form);
  const first = new Set(stepsToArrive(waiting, sending.order).map((step) => step.ordinal));
  return waiting.map(({ settings, ...step }): NewStep => {
    const arrives = first.has(step.ordinal);
    const auto = arrives && settings.settings.autoReceive && step.role === 'decide';
    return {
      ...step,
      id: newId(),
      applicationId: sending.target.id,
      personId: sending.target.personId,
      heldCategoryId: held.get(step.associationId) ?? null,
      state: auto ? 'received' : arrives ? 'arrived' : 'waiting',
      settingsVersion: settings.version,
      submittedAt: now,
      arrivedAt: arrives ? now : null,
      receivedAt: auto ? now : null,
    };
  });
}

/** What a command that has sent a paper off says of it: its 受付番号, and the events and notes of the sending itself. */
export type Sent = { number: string } & Reached;

async function autoReceipts(tx: WriteTransaction, ctx: Context, { target, steps }: { target: SendingOff['target']; steps: NewStep[] }) {
  const all: Reached = { events: [], alsoAudit: [] };
  for (const step of steps.filter((one) => one.receivedAt !== null)) {
    const one = await recordAutoReceipt(tx, ctx, { applicationId: target.id, personId: target.personId, step });
    all.events.push(...one.events);
    all.alsoAudit.push(...one.alsoAudit);
  }
  return all;
}

/** Automatic 要注意: the applicant may be registered twice (`rules.md 3.14`). */
async function doubleReason(tx: WriteTransaction, { person, planned }: SendingOff): Promise<string | undefined> {
  return possibleDouble(await doubtsAbout(tx, { person, associationIds: planned.map((step) => step.associationId) }));
}

/** Sends a draft of any kind: number, steps with pinned settings, the first offices reached. */
export async function sendOff(tx: WriteTransaction, ctx: Context, sending: SendingOff): Promise<Sent> {
  const { target, person } = sending;
  const attentionReason = await doubleReason(tx, sending);
  const number = await submitDraft(tx, {
    id: target.id,
    version: target.version,
    now: ctx.now,
    form: sending.form,
    wishedOn: sending.wishedOn,
    affiliationId: sending.affiliationId,
    openKey: sending.openKey,
    followsId: sending.followsId,
    heldUntil: sending.heldUntil,
    attentionReason,
    year: partsOfDay(ctx.today).year,
    applicant: {
      name: `${person.surname} ${person.givenName}`,
      kana: `${person.surnameKana} ${person.givenNameKana}`,
      licence: person.licenceNumber,
    },
  });
  const steps = newSteps(sending, ctx.now);
  await insertSteps(tx, steps);
  await insertAction(tx, { applicationId: target.id, stepId: null, action: 'submit', from: 'draft', to: 'submitted', ...signature(ctx) });
  const { events, alsoAudit } = await autoReceipts(tx, ctx, { target, steps });
  return { number, events: [{ kind: 'application.submitted', payload: { applicationId: target.id } }, ...events], alsoAudit };
}
