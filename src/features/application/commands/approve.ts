import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { categoriesOf, pinnedSettings } from '#features/association/queries/directory.ts';
import { recordInLedger } from '#features/membership/commands/record.ts';
import { periodsBelow, periodsInAssociation } from '#features/membership/queries/standing.ts';
import { markLicenceSeen } from '#features/person/commands/verify-licence.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import { isWaiting } from '../flow.ts';
import { texts } from '../messages.ts';
import type { Finding } from '../rules.ts';
import { attentionReason, joinDateFindings } from '../rules.ts';
import { approveInput } from '../schema.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { insertMessage } from '../note.store.server.ts';
import { affiliationForJoin } from './affiliation.ts';
import { caseLocks, gate, officeName, signature, stepOfActor } from './gate.ts';

type CaseAtStep = { target: Case; step: CaseStep };

/** What the findings about a date are computed from; the screen shows the same before the button is pressed. */
export async function loadDecisionAround(tx: ReadTransaction | WriteTransaction, ctx: Context, { target, step }: CaseAtStep) {
  const [settings] = await pinnedSettings(tx, [{ associationId: step.associationId, version: step.settingsVersion }]);
  if (settings === undefined) throw new Error('pinned settings are missing');
  return {
    settings: settings.settings,
    categories: await categoriesOf(tx, [step.associationId], ctx.today),
    periods: await periodsInAssociation(tx, target.personId, step.associationId),
    below: await periodsBelow(tx, target.personId, step.associationId),
    licenceSeen: (await findPerson(tx, target.personId))?.licenceVerifiedAt !== null,
  };
}

export type DecisionAround = Awaited<ReturnType<typeof loadDecisionAround>>;

/** Blocks, warnings and notes about one date for one step (`screens.md O-06`). */
export function findingsFor(
  ctx: Pick<Context, 'today'>,
  { target, step }: CaseAtStep,
  about: { around: DecisionAround; decidedOn: Day },
): Finding[] {
  return joinDateFindings({
    decidedOn: about.decidedOn,
    today: ctx.today,
    wishedOn: target.wishedOn ?? about.decidedOn,
    layer: step.layer,
    associationName: step.associationName,
    asksJma: target.steps.some((one) => one.layer === 1),
    window: about.around.settings.decisionWindow,
    farFuture: about.around.settings.farFuture,
    periods: about.around.periods,
    below: about.around.below,
    lower: target.steps
      .filter((one) => one.ordinal < step.ordinal && one.role === 'decide')
      .map((one) => ({
        associationId: one.associationId,
        name: one.associationName,
        layer: one.layer,
        state: one.state,
        decidedOn: one.decidedOn,
      })),
  });
}

type Decision = { step: CaseStep; next: CaseStep | undefined; decidedOn: Day; attention: string | undefined };

/** 承認: the association's own 入会日 and category; membership starts, the next office is reached (`rules.md 3.4`). */
export const approve = command({
  name: 'application.approve',
  input: approveInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined || ctx.actor.kind !== 'office') return undefined;
    const step = stepOfActor(ctx, 'approve', target);
    return { target, step, around: await loadDecisionAround(tx, ctx, { target, step }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'approve', { target, seen: input.version }),
  decide: (ctx, { target, step, around }, input) => {
    const { decidedOn } = input;
    if (decidedOn === undefined || !isDay(decidedOn)) return refuse('invalid');
    if (!around.categories.some((category) => category.id === input.categoryId))
      return refuseFields({ categoryId: [texts.chooseCategory] });
    const findings = findingsFor(ctx, { target, step }, { around, decidedOn });
    const blocks = findings.filter((finding) => finding.level === 'block').map((finding) => finding.text);
    if (blocks.length > 0) return refuseFields({ decidedOn: blocks });
    const warnings = findings.filter((finding) => finding.level === 'warn').map((finding) => finding.text);
    if (warnings.length > 0 && !input.confirmed) return refuseFields({ confirmed: [texts.confirmWarnings, ...warnings] });
    const next = target.steps.find((one) => one.ordinal > step.ordinal && isWaiting(one.state));
    return accepted<Decision>({ step, next, decidedOn, attention: attentionReason(findings) });
  },
  save: async (tx, { ctx, target: { target, around }, decision, input }) => {
    const { step, next, decidedOn } = decision;
    const affiliation = await affiliationForJoin(tx, target);
    await recordDecision(tx, ctx, { target, decision, input });
    await enterLedger(tx, ctx, { target, decision, input, affiliation });
    if (next !== undefined) await reachNext(tx, ctx, next);
    if (input.message !== '') await sendMessage(tx, ctx, { applicationId: target.id, body: input.message });
    if (input.licenceSeen && !around.licenceSeen) await markLicenceSeen(tx, ctx, target.personId);
    const at = { id: target.id, version: target.version, now: ctx.now };
    await updateApplication(tx, at, {
      ...(next === undefined ? { state: 'completed' as const, closedAt: ctx.now } : {}),
      affiliationId: affiliation.id,
      ...(decision.attention === undefined ? {} : { attention: true, attentionReason: decision.attention }),
    });
    const kind = next === undefined ? 'application.completed' : 'application.approved';
    const detail = { stepId: step.id, decidedOn, categoryId: input.categoryId };
    return {
      value: { id: target.id, decidedOn, nextAssociation: next?.associationName ?? null, completed: next === undefined },
      audit: { action: 'application.approve', personIds: [target.personId], target: target.id, detail },
      events: [{ kind, payload: { applicationId: target.id, stepId: step.id, nextStepId: next?.id ?? null } }],
    };
  },
  constraints: {
    membership_period_no_overlap: () => refuseFields({ decidedOn: [texts.overlapsPeriod] }),
  },
});

type Deciding = { target: Case; decision: Decision; input: z.infer<typeof approveInput> };

/** The step's own day and category, and the line of the case's record. */
async function recordDecision(tx: WriteTransaction, ctx: Context, { target, decision, input }: Deciding): Promise<void> {
  const { step, decidedOn } = decision;
  const signed = signature(ctx);
  const change = { decidedOn, categoryId: input.categoryId, boardNote: input.boardNote, decidedAt: ctx.now, decidedBy: signed.actorName };
  const moved = await updateStep(tx, { id: step.id, from: step.state }, { state: 'approved', receivedAt: ctx.now, ...change });
  if (!moved) throw new Error('the step moved under the lock');
  const line = { decidedOn, categoryId: input.categoryId, message: input.message, ...signed };
  await insertAction(tx, { applicationId: target.id, stepId: step.id, action: 'approve', from: step.state, to: 'approved', ...line });
}

type Entering = Deciding & { affiliation: { id: string; facilityId: string | null } };

/** The membership begins on the decided day. */
async function enterLedger(tx: WriteTransaction, ctx: Context, { target, decision, input, affiliation }: Entering): Promise<void> {
  await recordInLedger(tx, ctx, [
    {
      personId: target.personId,
      associationId: decision.step.associationId,
      affiliationId: affiliation.id,
      kind: 'joined',
      effectiveOn: decision.decidedOn,
      categoryId: input.categoryId,
      facilityId: affiliation.facilityId,
      reason: texts.joinReason,
      stepId: decision.step.id,
    },
  ]);
}

async function reachNext(tx: WriteTransaction, ctx: Context, next: CaseStep): Promise<void> {
  const [settings] = await pinnedSettings(tx, [{ associationId: next.associationId, version: next.settingsVersion }]);
  const auto = settings?.settings.autoReceive === true;
  await updateStep(
    tx,
    { id: next.id, from: 'waiting' },
    {
      state: auto ? 'received' : 'arrived',
      arrivedAt: ctx.now,
      ...(auto ? { receivedAt: ctx.now } : {}),
    },
  );
}

/** Adds a signed 審査時連絡メッセージ within the transaction of a decision. */
export async function sendMessage(
  tx: WriteTransaction,
  ctx: Context,
  { applicationId, body }: { applicationId: string; body: string },
): Promise<void> {
  const { actorName, accountId, associationId, at } = signature(ctx);
  await insertMessage(tx, {
    id: newId(),
    applicationId,
    associationId,
    accountId,
    authorName: actorName,
    authorOffice: officeName(ctx),
    body,
    at,
  });
}
