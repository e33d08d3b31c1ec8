import type { Day } from '#kernel/day.ts';
import { addDays, earlierDay, firstOfNextMonth, isDay, laterDay } from '#kernel/day.ts';
import { dayInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { CaseAtStep, DecisionAround } from '../commands/decision-around.ts';
import { categoryOn, decidableCategories, loadDecisionAround, lowerOf, otherSideDay } from '../commands/decision-around.ts';
import { findingsFor } from '../commands/findings.ts';
import { shortcutNames } from '../messages.ts';
import type { Finding } from '../rules.ts';
import { proposedJoinDate } from '../rules.ts';
import { applicationIdInput } from '../schema.ts';
import { ownSteps, stepFor } from '../policy.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { agreementFindings } from '../two-person-rules.ts';
import { officeOnly } from './inbox.ts';
import { readApplicant } from './office-applicant.ts';
import type { CaseSummary } from './office-summary.ts';
import type { ShownPersons } from './office-two-persons.ts';
import { shownPersons } from './office-two-persons.ts';
import { readSummary } from './office-summary.ts';
import type { WhatIf } from './what-if.ts';
import { readWhatIf } from './what-if.ts';

/** One day to take over with a press: 希望年月日, 下層の日付, 理事会開催日, 1日. */
export type Shortcut = { label: string; on: Day };

export type Decision = {
  summary: CaseSummary;
  licenceChecked: boolean;
  today: Day;
  proposedOn: Day;
  /** The day that findings and effects speak of. */
  decidedOn: Day;
  categoryId: number | undefined;
  categories: { value: string; label: string }[];
  shortcuts: Shortcut[];
  findings: Finding[];
  /** What the applicant gave as the reason where the two days of a transfer do not join. */
  gapReason: string;
  whatIf: WhatIf;
  /** 2名での承認 (`rules.md 4.1`): undefined where one person decides. */
  twoPersons: ShownPersons | undefined;
};

const mostMeetings = 4;

type AtStep = CaseAtStep & { around: DecisionAround };

function belowOf(at: AtStep): Day | undefined {
  return lowerOf(at)
    .map((one) => one.decidedOn)
    .filter((on) => on !== null)
    .at(-1);
}

function wishOf(ctx: Pick<Context, 'today'>, at: AtStep): Day {
  const leave = at.step.leg === 'leave' ? at.around.course.leaveWishedOn : undefined;
  return leave ?? at.target.wishedOn ?? ctx.today;
}

/**
 * The day proposed to the office (`rules.md 3.4, 3.6`): a transfer's two dates join by themselves, but for the applicant who has
 * said why they do not: then each side is proposed its own wish.
 */
function proposalOf(ctx: Context, at: AtStep): Day {
  const other = at.around.course.gapReason === '' ? otherSideDay(at, at.around) : undefined;
  if (at.step.leg === 'leave') return other === undefined ? wishOf(ctx, at) : addDays(other.on, -1);
  if (at.step.leg === 'change') return wishOf(ctx, at);
  if (other?.decided === true) return addDays(other.on, 1);
  const { dateRule, boardMeetings } = at.around.settings;
  return proposedJoinDate({
    layer: at.step.layer,
    wishedOn: at.target.wishedOn ?? ctx.today,
    lower: lowerOf(at),
    dateRule,
    boardMeetings: boardMeetings.filter((on) => isDay(on)).toSorted(),
    today: ctx.today,
  });
}

function firstOfMonth(floor: Day): Day {
  return floor.endsWith('-01') ? floor : firstOfNextMonth(floor);
}

/** The days that stand ready as buttons, each day once. */
export function shortcutsOf(ctx: Pick<Context, 'today'>, at: AtStep): Shortcut[] {
  const wished = wishOf(ctx, at);
  const below = belowOf(at);
  const floor = below === undefined ? wished : laterDay(wished, below);
  const since = earlierDay(addDays(ctx.today, -31), floor);
  const meetings = at.around.settings.boardMeetings
    .filter((on) => isDay(on))
    .filter((on) => on >= since && (below === undefined || on >= below))
    .toSorted();
  const all: Shortcut[] = [
    { label: shortcutNames.wished, on: wished },
    ...(below === undefined ? [] : [{ label: shortcutNames.below, on: below }]),
    ...meetings.slice(0, mostMeetings).map((on) => ({ label: shortcutNames.boardMeeting, on })),
    ...(at.step.leg === 'leave' ? [] : [{ label: shortcutNames.firstOfMonth, on: firstOfMonth(floor) }]),
  ];
  return all.filter((one, index) => all.findIndex((other) => other.on === one.on) === index);
}

async function readDecision(
  tx: ReadTransaction,
  ctx: Context,
  at: { target: Case; summary: CaseSummary } & z.infer<typeof decisionInput>,
): Promise<Decision | undefined> {
  const { target, summary } = at;
  const step = stepFor<CaseStep>(ctx.actor, 'approve', target) ?? ownSteps(ctx.actor, target)[0];
  if (step === undefined) return undefined;
  const asToday = await loadDecisionAround(tx, ctx, { target, step });
  const { twoPersons } = asToday;
  const proposedOn = twoPersons.first?.decidedOn ?? proposalOf(ctx, { target, step, around: asToday });
  const decidedOn = at.decidedOn ?? proposedOn;
  const around = { ...asToday, categories: await decidableCategories(tx, step, decidedOn) };
  const held = step.leg === 'change' ? categoryOn(around.ledger, step.associationId, decidedOn) : undefined;
  const categoryId = at.categoryId ?? twoPersons.first?.categoryId ?? step.categoryId ?? held;
  const decided = { decidedOn, categoryId: step.leg === 'leave' ? null : (categoryId ?? null) };
  const applicant = await readApplicant(tx, target.personId, ctx.today);
  return {
    summary,
    licenceChecked: around.licenceSeen,
    today: ctx.today,
    proposedOn,
    decidedOn,
    categoryId,
    categories: around.categories.map((row) => ({ value: String(row.id), label: row.name })),
    shortcuts: shortcutsOf(ctx, { target, step, around }),
    findings: [...findingsFor(ctx, { target, step }, { around, ...decided }), ...agreementFindings(twoPersons, decided)],
    twoPersons: shownPersons(ctx, twoPersons),
    gapReason: around.course.gapReason,
    whatIf: await readWhatIf(tx, ctx, { summary, applicant, suppose: { decidedOn, categoryId } }),
  };
}

export const decisionInput = applicationIdInput.extend({
  decidedOn: dayInput('日付', { required: false }),
  categoryId: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().positive().max(2_147_483_647)]).optional(),
});

/** The page of 承認 (`screens.md O-06`): proposals, what must be said about a day, and what would follow. */
export const decision = query({
  name: 'application.decision',
  input: decisionInput,
  allow: officeOnly,
  read: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const summary = target === undefined ? undefined : await readSummary(tx, ctx, target);
    return target === undefined || summary === undefined ? undefined : await readDecision(tx, ctx, { target, summary, ...input });
  },
  audit: (value, { id }) => ({ action: 'application.viewed', target: id, personIds: [value.summary.personId] }),
});

/** The head of a case for the other decisions of O-06. */
export const officeSummary = query({
  name: 'application.officeSummary',
  input: applicationIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx) => {
    const target = await loadCase(tx, ctx.actor, id);
    return target === undefined ? undefined : await readSummary(tx, ctx, target);
  },
  audit: (value, { id }) => ({ action: 'application.viewed', target: id, personIds: [value.personId] }),
});
