import type { Day } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { ageOn, isLateOn, lateDaysOf } from '../clock.ts';
import type { OfficeStep } from '../detail.store.server.ts';
import { findHead, listOfficeSteps } from '../detail.store.server.ts';
import { findAheadOn } from '../effect.store.server.ts';
import { leaveWishOf } from '../forms.ts';
import type { ApplicationKind, ApplicationState, Leg } from '../flow.ts';
import { tooLateToRevoke } from '../date-rules.ts';
import { firstEffectOf, shownDayOf } from '../effects.ts';
import { holdersSeenFrom, isDecided, isOpen } from '../flow.ts';
import { texts } from '../messages.ts';
import type { Action } from '../policy.ts';
import { actionsFor, isProxy } from '../policy.ts';
import type { GroundLine } from '../proxy-rules.ts';
import { asOn, stopOf } from '../proxy-rules.ts';
import type { Case } from '../store.server.ts';
import { readGround } from './filer.ts';
import { officeOf } from './inbox.ts';

export type CaseStepView = OfficeStep & {
  own: boolean;
  /** The day that holds for this association: its own decision, or that of the office whose day it shares. */
  shownOn: Day | null;
  /** Days the case has been lying there; undefined unless the ball is there. */
  days: number | undefined;
};

export type CaseSummary = {
  id: string;
  personId: string;
  version: number;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  submittedAt: Date | undefined;
  wishedOn: Day | null;
  /** 異動元の退会希望年月日, for who is left by a transfer. */
  leaveWishedOn: Day | undefined;
  /** What becomes of our own membership is decided and not true yet. */
  aheadOn: Day | undefined;
  attention: boolean;
  attentionReason: string;
  proxyAssociation: string | undefined;
  /** 代理申請: why it was entered; undefined for a paper of the doctor himself. */
  ground: GroundLine[] | undefined;
  /** Why nobody may decide it today: held, or objected to. */
  stop: string | undefined;
  /** Why our approval can be taken back no longer: an office after us has decided (`rules.md 3.9`). */
  revokeStop: string | undefined;
  late: boolean;
  /** The reminder days under which it is late. */
  lateDays: number | undefined;
  /** As the case itself has kept them. */
  name: string;
  kana: string;
  licence: string;
  steps: CaseStepView[];
  own: CaseStepView;
  may: Action[];
};

/** Taking back has its last day (`rules.md 3.9`); everything else only its states. */
function isTooLate(action: Action, target: Case, today: Day): boolean {
  if (action !== 'revoke' && action !== 'revokeLeave') return false;
  return tooLateToRevoke(action, { open: isOpen(target.state), firstOn: firstEffectOf(target.steps) }, today);
}

/** Of the other side of a transfer an office sees association, state and dates only (`rules.md 3.6`). */
function asSeenFrom(side: Leg | undefined, { kind }: Case, step: OfficeStep): OfficeStep {
  const across = kind === 'transfer' && side !== undefined && side !== 'change' && step.leg !== 'change' && step.leg !== side;
  return across ? { ...step, category: '', decidedCategory: '', decidedBy: '', boardNote: '' } : step;
}

/** The office of the next layer that has decided after our approval, in words; `steps` in their order. */
function decidedAfter(steps: readonly CaseStepView[], own: CaseStepView): string | undefined {
  if (!isDecided(own.state)) return undefined;
  const later = steps.slice(steps.findIndex((step) => step.id === own.id) + 1);
  const next = later.find((step) => isDecided(step.state) && (step.leg === own.leg || step.leg === 'change'));
  return next === undefined ? undefined : texts.revokeStop(next.associationName);
}

/** An office that entered the case and has no step in it looks at it from its lowest side. */
function asEntered(ctx: Context, target: Case, steps: readonly CaseStepView[]): CaseStepView | undefined {
  const [lowest] = steps;
  if (lowest === undefined || !isProxy(ctx.actor, target)) return undefined;
  return { ...lowest, associationId: officeOf(ctx).associationId, own: false, decidedOn: null };
}

/** Head, steps and possible actions of a case: what every page of O-06 begins with. Undefined out of scope. */
export async function readSummary(tx: ReadTransaction, ctx: Context, target: Case): Promise<CaseSummary | undefined> {
  const head = await findHead(tx, ctx.actor, target.id);
  const office = officeOf(ctx);
  const listed = await listOfficeSteps(tx, target.id);
  const side = listed.find((step) => step.associationId === office.associationId)?.leg;
  const holders = holdersSeenFrom(office.associationId, target.state, listed);
  const steps = listed.map(
    (step): CaseStepView => ({
      ...asSeenFrom(side, target, step),
      own: step.associationId === office.associationId,
      shownOn: shownDayOf(target.kind, listed, step),
      days: holders.includes(step) ? ageOn(step.clock, ctx.today) : undefined,
    }),
  );
  const own = steps.find((step) => step.own) ?? asEntered(ctx, target, steps);
  if (head === undefined || own === undefined) return undefined;
  const clock = (holders.find((step) => step.associationId === office.associationId) ?? holders[0])?.clock;
  return {
    id: target.id,
    personId: target.personId,
    version: target.version,
    number: target.number ?? '',
    kind: target.kind,
    state: target.state,
    wishedOn: target.wishedOn,
    leaveWishedOn: own.leg === 'leave' ? leaveWishOf(target) : undefined,
    submittedAt: head.submittedAt ?? undefined,
    aheadOn: await findAheadOn(tx, { applicationId: target.id, associationId: own.associationId, today: ctx.today }),
    attention: target.attention,
    attentionReason: head.attentionReason,
    proxyAssociation: head.proxyAssociation,
    ground: await readGround(tx, ctx, target),
    stop: isOpen(target.state) ? stopOf(target, ctx.today) : undefined,
    revokeStop: target.kind === 'withdrawal' ? undefined : decidedAfter(steps, own),
    late: clock !== undefined && isLateOn(clock, ctx.today),
    lateDays: clock === undefined ? undefined : lateDaysOf(clock),
    name: head.name,
    kana: head.kana,
    licence: head.licence,
    steps,
    own,
    may: actionsFor(ctx.actor, asOn(target, ctx.today)).filter((action) => !isTooLate(action, target, ctx.today)),
  };
}
