import type { Day } from '#kernel/day.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { actingAccount } from '#kernel/actor.ts';
import { messages } from '#kernel/messages.ts';
import { newId } from '#kernel/id.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { markLicenceSeen } from '#features/person/commands/verify-licence.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import { dateNames } from '../date-rules.ts';
import type { Effect } from '../effects.ts';
import { texts } from '../messages.ts';
import { isCourseComplete, stepsToArrive } from '../plan.ts';
import { ownSteps, stepFor } from '../policy.ts';
import type { Finding } from '../rules.ts';
import { attentionReason } from '../rules.ts';
import { approveInput } from '../schema.ts';
import { agreementFindings, approvalTurn, isDecidedAlone, isOwnApproval } from '../two-person-rules.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { insertMessage } from '../note.store.server.ts';
import type { DecisionAround } from './decision-around.ts';
import { loadDecisionAround } from './decision-around.ts';
import { enterEffects } from './enter-effects.ts';
import { afterApproval, findingsFor } from './findings.ts';
import { caseLocks, gate, officeName, signature } from './gate.ts';
import { arrivedIn, reach } from './reach.ts';
import { saveFirstApproval } from './two-persons.ts';

type Input = z.infer<typeof approveInput>;

type Decision = {
  step: CaseStep;
  decidedOn: Day;
  /** Null where the membership ends: a leave has no category. */
  categoryId: number | null;
  attention: string | undefined;
  effects: Effect[];
  arrivals: CaseStep[];
  completed: boolean;
  /** The first of two: nothing begins yet (`rules.md 4.1`). */
  turn: 'first' | 'last';
};

type Ready = { target: Case; step: CaseStep; around: DecisionAround };

/** A change step may keep its category; a join step always gets one of the association's own. */
function categoryErrors({ step, around }: Ready, input: Input): FieldErrors {
  if (step.leg === 'leave') return {};
  return around.categories.some((category) => category.id === input.categoryId) ? {} : { categoryId: [texts.chooseCategory] };
}

function gapErrors({ around }: Ready, findings: readonly Finding[], input: Input): FieldErrors {
  const gap = findings.some((finding) => finding.code === 'gap');
  return gap && input.gapReason === '' && around.course.gapReason === '' ? { gapReason: [texts.gapReason] } : {};
}

function decideOn(ctx: Context, ready: Ready, input: Input) {
  const { target, step, around } = ready;
  const label = dateNames[step.leg];
  if (input.decidedOn === '') return refuseFields({ decidedOn: [messages.req(label)] });
  const decidedOn = parseDayInput(input.decidedOn);
  if (decidedOn === undefined) return refuseFields({ decidedOn: [messages.date(label)] });
  const categories = categoryErrors(ready, input);
  if (Object.keys(categories).length > 0) return refuseFields(categories);
  const categoryId = step.leg === 'leave' ? null : (input.categoryId ?? null);
  const decided = { decidedOn, categoryId };
  const findings = [...findingsFor(ctx, { target, step }, { around, ...decided }), ...agreementFindings(around.twoPersons, decided)];
  const blocks = findings.filter((finding) => finding.level === 'block').map((finding) => finding.text);
  if (blocks.length > 0) return refuseFields({ decidedOn: blocks });
  const gap = gapErrors(ready, findings, input);
  if (Object.keys(gap).length > 0) return refuseFields(gap);
  const warnings = findings.filter((finding) => finding.level === 'warn').map((finding) => finding.text);
  if (warnings.length > 0 && !input.confirmed) return refuseFields({ confirmed: [texts.confirmWarnings, ...warnings] });
  const { steps, effects } = afterApproval({ target, step }, { around, ...decided });
  const arrivals = stepsToArrive(steps, around.course.order);
  return accepted<Decision>({
    step,
    decidedOn,
    categoryId,
    attention: attentionReason(findings),
    effects,
    arrivals,
    completed: isCourseComplete(steps),
    turn: approvalTurn(around.twoPersons, decided),
  });
}

/** The ledger keeps the 退会事由 itself, where there is one: later readers ask why somebody left. */
function ledgerReason(target: Case, { course }: DecisionAround): string {
  return target.kind === 'withdrawal' && course.reason !== '' ? course.reason : texts.ledgerReason[target.kind];
}

/** 承認: the association's own day (入会日, 退会日, 異動日) and category; the ledger follows, the next offices are reached (`rules.md 3.4`–`3.7`). */
export const approve = command({
  name: 'application.approve',
  input: approveInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined || ctx.actor.kind !== 'office') return undefined;
    const step = stepFor<CaseStep>(ctx.actor, 'approve', target) ?? ownSteps(ctx.actor, target)[0];
    const on = parseDayInput(input.decidedOn);
    return { target, step, around: step === undefined ? undefined : await loadDecisionAround(tx, ctx, { target, step, on }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'approve', { target, seen: input.version }),
  decide: (ctx, { target, step, around }, input) =>
    step === undefined || around === undefined
      ? refuse('forbidden')
      : isOwnApproval(around.twoPersons, actingAccount(ctx.actor))
        ? refuse('forbidden', { message: texts.anotherPerson })
        : decideOn(ctx, { target, step, around }, input),
  save: async (tx, { ctx, target: { target, around }, decision, input }) => {
    const { step, decidedOn, arrivals, completed } = decision;
    if (around === undefined) throw new Error('decided without its surroundings');
    if (decision.turn === 'first') return await saveFirst(tx, ctx, { target, around, decision, input });
    await recordDecision(tx, ctx, { target, around, decision, input });
    const reason = ledgerReason(target, around);
    const made = await enterEffects(tx, ctx, { target, around, effects: decision.effects, reason });
    const reached = await reach(tx, ctx, { target, arrivals });
    if (input.message !== '') await sendMessage(tx, ctx, { applicationId: target.id, body: input.message });
    if (input.licenceSeen && !around.licenceSeen) await markLicenceSeen(tx, ctx, target.personId);
    const at = { id: target.id, version: target.version, now: ctx.now };
    await updateApplication(tx, at, {
      ...(completed ? { state: 'completed' as const, closedAt: ctx.now } : {}),
      ...(made !== undefined && target.kind === 'join' ? { affiliationId: made } : {}),
      ...(decision.attention === undefined ? {} : { alsoAttention: decision.attention }),
    });
    const next = arrivals.find((one) => one.role !== 'acknowledge');
    const detail = { stepId: step.id, decidedOn, categoryId: decision.categoryId };
    return {
      value: { id: target.id, decidedOn, nextAssociation: next?.associationName ?? null, completed, waitsForSecond: false },
      audit: { action: 'application.approve', personIds: [target.personId], target: target.id, detail },
      alsoAudit: reached.alsoAudit,
      events: [
        {
          kind: completed ? 'application.completed' : 'application.approved',
          payload: { applicationId: target.id, stepId: step.id, nextStepId: next?.id ?? null, arrived: arrivedIn(arrivals) },
        },
        ...reached.events,
      ],
    };
  },
  constraints: {
    membership_period_no_overlap: () => refuseFields({ decidedOn: [texts.overlapsPeriod] }),
  },
});

type Deciding = { target: Case; around: DecisionAround; decision: Decision; input: Input };

/** The step's own day and category, and the line of the case's record. */
async function recordDecision(tx: WriteTransaction, ctx: Context, { target, around, decision, input }: Deciding): Promise<void> {
  const { step, decidedOn } = decision;
  const signed = signature(ctx);
  const category = decision.categoryId === null ? {} : { categoryId: decision.categoryId };
  const change = {
    decidedOn,
    ...category,
    boardNote: input.boardNote,
    decidedAt: ctx.now,
    decidedBy: signed.actorName,
    decidedAlone: isDecidedAlone(around.twoPersons),
  };
  const moved = await updateStep(tx, { id: step.id, from: step.state }, { state: 'approved', receivedAt: ctx.now, ...change });
  if (!moved) throw new Error('the step moved under the lock');
  const message = messageOf(input);
  const line = { decidedOn, ...category, message, ...signed };
  await insertAction(tx, { applicationId: target.id, stepId: step.id, action: 'approve', from: step.state, to: 'approved', ...line });
}

function messageOf(input: Input): string {
  return [input.gapReason === '' ? '' : texts.gapNote(input.gapReason), input.message].filter((part) => part !== '').join('\n');
}

/** The first of two persons has approved: a second one must agree before anything begins. */
async function saveFirst(tx: WriteTransaction, ctx: Context, { target, around, decision, input }: Deciding) {
  const { step, decidedOn, categoryId } = decision;
  await saveFirstApproval(tx, ctx, { target, step, decidedOn, categoryId, boardNote: input.boardNote, message: messageOf(input) });
  if (input.message !== '') await sendMessage(tx, ctx, { applicationId: target.id, body: input.message });
  if (input.licenceSeen && !around.licenceSeen) await markLicenceSeen(tx, ctx, target.personId);
  return {
    value: { id: target.id, decidedOn, nextAssociation: null, completed: false, waitsForSecond: true },
    audit: {
      action: 'application.firstApprove',
      personIds: [target.personId],
      target: target.id,
      detail: { stepId: step.id, decidedOn, categoryId },
    },
    events: [{ kind: 'application.firstApproved', payload: { applicationId: target.id, stepId: step.id } }],
  };
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
