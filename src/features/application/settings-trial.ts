import type { Day } from '#kernel/day.ts';
import { daysBetween } from '#kernel/day.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { neededDocuments, paperUsesOf } from './documents.ts';
import type { ApplicationKind, Leg, StepRole, StepState } from './flow.ts';
import { isAtOffice, isDecided, isWaiting } from './flow.ts';
import { demandedLayer, proposedJoinDate, windowDays, windowFindings } from './rules.ts';
import { trialWords } from './trial-messages.ts';
import { forbidden } from './upper-rules.ts';

/** 過去1年の申請で試す (`screens.md O-21`): how a past case would have been treated under other settings. Pure. */

export type PastStep = { associationId: number; layer: number; leg: Leg; role: StepRole; decidedOn: Day | null };

export type PastCase = {
  id: string;
  number: string;
  kind: ApplicationKind;
  ground: 'death' | 'missing' | undefined;
  proxyAssociationId: number | null;
  submittedOn: Day;
  wishedOn: Day | null;
  /** 異動元の退会希望年月日 of a transfer. */
  leaveOn: Day | undefined;
  /** All steps, in their order. */
  steps: readonly PastStep[];
  /** Our own step, with the version that it was sent under. */
  own: PastStep & {
    state: StepState;
    settingsVersion: number;
    clockFrom: Day | null;
    /** The day on which our office was done with it: the decision, or 受付 where that is all. */
    doneOn: Day | undefined;
  };
  /** Kinds of the papers handed in. */
  papers: readonly string[];
};

type Code = keyof AssociationSettings;

/** In words that only have to differ where the treatment does; undefined where the setting does not concern the case. */
type Treatment = (one: PastCase, settings: AssociationSettings, today: Day) => string | undefined;

/** The case began with our own association: only its settings count for what may be asked. */
function isLowest({ steps, own }: PastCase): boolean {
  return steps[0]?.associationId === own.associationId;
}

function firstOf({ steps }: PastCase, leg: Leg): PastStep | undefined {
  return steps.find((step) => step.leg === leg && step.role === 'decide');
}

function named({ associationId, layer }: PastStep) {
  return { associationId, layer, name: '' };
}

/** 上層のみの退会: our own association was to receive only. */
function upperLeave(one: PastCase, settings: AssociationSettings): string | undefined {
  if (one.kind !== 'withdrawal' || one.ground === 'death' || !isLowest(one) || one.own.role !== 'receive') return undefined;
  const left = one.steps.filter((step) => step.role !== 'receive' && step.leg === 'leave').map(named);
  return forbidden(named(one.own), left, settings) === undefined ? 'accepted' : 'refused';
}

function upperJoin(one: PastCase, settings: AssociationSettings): string | undefined {
  if (one.kind !== 'join' || !isLowest(one)) return undefined;
  return Math.min(...one.steps.map((step) => step.layer)) > demandedLayer(settings) ? 'refused' : 'accepted';
}

/** The wish that our own window of days holds for. */
function ownWish(one: PastCase): Day | undefined {
  if (one.ground === 'death') return undefined;
  if (one.kind !== 'transfer') return isLowest(one) ? (one.wishedOn ?? undefined) : undefined;
  const { associationId, leg } = one.own;
  if (firstOf(one, leg)?.associationId !== associationId) return undefined;
  return leg === 'join' ? (one.wishedOn ?? undefined) : leg === 'leave' ? one.leaveOn : undefined;
}

function wish(one: PastCase, { wishWindow }: AssociationSettings): string | undefined {
  const on = ownWish(one);
  if (on === undefined) return undefined;
  const { from, to } = windowDays(wishWindow, one.submittedOn);
  return on < from || on > to ? 'refused' : 'accepted';
}

function decided(one: PastCase, { decisionWindow, farFuture }: AssociationSettings): string | undefined {
  const { decidedOn, doneOn } = one.own;
  if (decidedOn === null || doneOn === undefined || one.ground === 'death') return undefined;
  const found = windowFindings({ decidedOn, today: doneOn, window: decisionWindow, farFuture });
  return found.find((finding) => finding.level !== 'note')?.level ?? 'accepted';
}

/** The day of a board that had not met yet cannot be told: only that it would have been one. */
function proposal(one: PastCase, { dateRule }: AssociationSettings): string | undefined {
  const { own, wishedOn, steps, submittedOn: today } = one;
  if (one.kind !== 'join' || wishedOn === null || isWaiting(own.state)) return undefined;
  const below = steps.filter((step) => step.layer > own.layer);
  const lower = below.map((step) => ({ ...named(step), state: 'approved' as const, decidedOn: step.decidedOn }));
  const follows = own.layer === 1 && lower.some((step) => step.decidedOn !== null);
  if (dateRule === 'boardMeeting' && !follows) return dateRule;
  const rule = dateRule === 'boardMeeting' ? 'wish' : dateRule;
  return proposedJoinDate({ layer: own.layer, wishedOn, lower, dateRule: rule, boardMeetings: [], today });
}

function papers(one: PastCase, settings: AssociationSettings): string | undefined {
  const asked = neededDocuments([settings], paperUsesOf(one, one.ground)).filter((paper) => paper.required);
  const missing = asked.map((paper) => paper.code).filter((code) => !one.papers.includes(code));
  return missing.toSorted().join(' ');
}

/** Days that the case lay at our office, or has lain by today. */
function daysHeld({ own }: PastCase, today: Day): number | undefined {
  const until = own.doneOn ?? (isAtOffice(own.state) ? today : undefined);
  return own.clockFrom === null || until === undefined ? undefined : daysBetween(own.clockFrom, until);
}

function reached(held: number | undefined, days: number): string | undefined {
  return held === undefined ? undefined : String(held >= days);
}

/** What can be replayed, in the order of the screen. */
const treatments: Partial<Record<Code, Treatment>> = {
  requiredUpperLayers: (one, settings) => upperJoin(one, settings) ?? upperLeave(one, settings),
  allowUpperOnlyWithdrawal: upperLeave,
  transferOrder: (one, { transferOrder }) =>
    one.kind === 'transfer' && firstOf(one, 'join') !== undefined && firstOf(one, 'leave')?.associationId === one.own.associationId
      ? transferOrder
      : undefined,
  transferWithdrawal: (one, { transferWithdrawal }) =>
    one.kind === 'transfer' && firstOf(one, 'join') !== undefined && firstOf(one, 'leave')?.associationId === one.own.associationId
      ? transferWithdrawal
      : undefined,
  directJoin: (one, { directJoin }) => (one.kind === 'join' && isLowest(one) && one.own.layer === 2 ? String(directJoin) : undefined),
  wishWindow: wish,
  decisionWindow: decided,
  farFuture: decided,
  dateRule: proposal,
  requiredDocuments: papers,
  autoReceive: ({ own }, { autoReceive }) => (own.role === 'decide' && !isWaiting(own.state) ? String(autoReceive) : undefined),
  reminderDays: (one, { reminderDays }, today) => reached(daysHeld(one, today), reminderDays),
  acknowledgeDays: (one, { acknowledgeDays }, today) =>
    one.own.role === 'acknowledge' ? reached(daysHeld(one, today), acknowledgeDays) : undefined,
  twoPersonDecision: ({ kind, own }, { twoPersonDecision }) =>
    own.role === 'decide' && isDecided(own.state) ? String(twoPersonDecision.includes(kind)) : undefined,
};

export type TrialLine = {
  code: Code;
  /** What is compared, or why nothing can be. */
  about: string;
  /** Undefined where the past says nothing about the setting. */
  found: { concerned: number; differing: number; examples: readonly { id: string; number: string }[] } | undefined;
};

export type Trial = { lines: TrialLine[]; differing: number };

export type TrialQuestion = {
  cases: readonly PastCase[];
  /** The settings that are tried. */
  draft: AssociationSettings;
  /** Those that a case was sent under; undefined where they are not known any more. */
  pinned: (version: number) => AssociationSettings | undefined;
  /** The fields that the draft changes, in the order of the screen. */
  changed: readonly Code[];
  today: Day;
};

const mostExamples = 5;

function isOther(question: TrialQuestion, code: Code, one: PastCase): 'other' | 'same' | undefined {
  const treatment = treatments[code];
  const was = question.pinned(one.own.settingsVersion);
  if (treatment === undefined || was === undefined) return undefined;
  const before = treatment(one, was, question.today);
  // Field by field: what one change does must not be laid to another.
  const after = treatment(one, { ...was, [code]: question.draft[code] }, question.today);
  if (before === undefined && after === undefined) return undefined;
  return before === after ? 'same' : 'other';
}

/** Every case of the past under the settings it had, once more with each changed field alone. */
export function tryOnPast(question: TrialQuestion): Trial {
  const others = new Set<string>();
  const lines = question.changed.map((code): TrialLine => {
    const about = trialWords[code];
    if (treatments[code] === undefined) return { code, about, found: undefined };
    const judged = question.cases.map((one) => ({ one, answer: isOther(question, code, one) }));
    const differing = judged.filter(({ answer }) => answer === 'other').map(({ one }) => one);
    for (const one of differing) others.add(one.id);
    const examples = differing.slice(0, mostExamples).map(({ id, number }) => ({ id, number }));
    const concerned = judged.filter(({ answer }) => answer !== undefined).length;
    return { code, about, found: { concerned, differing: differing.length, examples } };
  });
  return { lines, differing: others.size };
}
