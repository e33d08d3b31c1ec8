import type { Day } from '#kernel/day.ts';
import { addDays, laterDay } from '#kernel/day.ts';
import type { FeeWaiver } from '#kernel/fee-period.ts';
import { feePeriodOf } from '#kernel/fee-period.ts';
import type { MemberCategory } from '#features/association/queries/directory.ts';
import { categoriesOf } from '#features/association/queries/directory.ts';
import { membersOn } from '#features/membership/queries/member-count.ts';
import { periodsOf } from '#features/membership/queries/standing.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OtherCase } from '../detail.store.server.ts';
import { listOtherOpen } from '../detail.store.server.ts';
import type { Leg } from '../flow.ts';
import type { Pension } from '../pension.ts';
import { pensionOf } from '../pension.ts';
import { isDecided, isUndecided } from '../flow.ts';
import type { Applicant, Standing } from './office-applicant.ts';
import { waiverOf } from './office-applicant.ts';
import type { CaseStepView, CaseSummary } from './office-summary.ts';

const jmaId = 0;

/** 承認後の見込み (`rules.md 3.12`): what a date and a category would change on every layer, before anybody decides. */

export type LayerEffect = {
  associationId: number;
  associationName: string;
  layer: number;
  own: boolean;
  before: { category: string; joinedOn: Day } | undefined;
  after: { deed: Leg; category: string; joinedOn: Day; certainty: 'decided' | 'asked' | 'expected' } | undefined;
};

export type WhatIf = {
  /** Our own side: what the day is called. */
  leg: Leg;
  decidedOn: Day;
  layers: LayerEffect[];
  /** 会員数 of our own association without and with this member, per day; empty unless we decide. */
  counts: { on: Day; before: number; after: number }[];
  feePeriod: { label: string; wished: string };
  waiver: FeeWaiver | undefined;
  /**
   * First day of 医賠責 with its category, of a new member or after a change of category; undefined when nothing changes at the JMA,
   * or the membership there ends.
   */
  insurance: { deed: 'join' | 'change'; from: Day; covered: boolean } | undefined;
  pension: Pension;
  otherCases: OtherCase[];
};

export type Supposition = { decidedOn: Day; categoryId: number | undefined };

type Around = { summary: CaseSummary; suppose: Supposition; categories: readonly MemberCategory[]; standings: readonly Standing[] };

function categoryName(around: Around, step: CaseStepView): string {
  const chosen = around.categories.find((row) => row.id === around.suppose.categoryId);
  return step.own && chosen !== undefined ? chosen.name : step.category;
}

/** The day a step that others decide may get: a leave ends with its decider, the other side keeps its own day. */
function expectedOn({ summary, suppose }: Around, step: CaseStepView): Day {
  const wished = summary.wishedOn ?? suppose.decidedOn;
  if (step.leg === summary.own.leg) return step.leg === 'leave' ? suppose.decidedOn : laterDay(wished, suppose.decidedOn);
  const decided = summary.steps.find((one) => one.leg === step.leg && one.decidedOn !== null)?.decidedOn;
  if (decided !== undefined && decided !== null) return decided;
  if (step.leg === 'leave') return addDays(suppose.decidedOn, -1);
  // Where nothing is joined yet, what goes on follows the leave.
  const joins = summary.steps.some((one) => one.leg === 'join');
  return summary.own.leg === 'leave' && !joins ? addDays(suppose.decidedOn, 1) : wished;
}

/** How many members more or less our own association has from the day on. */
const gains: Readonly<Record<Leg, number>> = { join: 1, leave: -1, change: 0 };

/** A withdrawal: the decider's day holds for every layer above, moved ones go on from the next; below nothing changes (`rules.md 3.5`). */
function afterWithdrawal({ summary, suppose }: Around, step: CaseStepView): LayerEffect['after'] {
  if (step.role === 'receive') return undefined;
  const decidedOn = summary.steps.find((one) => one.role === 'decide')?.decidedOn ?? undefined;
  const on = decidedOn ?? suppose.decidedOn;
  const certainty = decidedOn !== undefined ? 'decided' : step.own && step.role === 'decide' ? 'asked' : 'expected';
  return { deed: step.leg, category: '', joinedOn: step.leg === 'change' ? addDays(on, 1) : on, certainty };
}

function afterOf(around: Around, step: CaseStepView): LayerEffect['after'] {
  if (around.summary.kind === 'withdrawal') return afterWithdrawal(around, step);
  const deed = step.leg;
  if (isDecided(step.state) && step.decidedOn !== null)
    return { deed, category: step.decidedCategory, joinedOn: step.decidedOn, certainty: 'decided' };
  if (!isUndecided(step.state)) return undefined;
  if (step.own && step.role === 'decide')
    return { deed, category: categoryName(around, step), joinedOn: around.suppose.decidedOn, certainty: 'asked' };
  if (deed === 'change' && step.category === '') return undefined;
  return { deed, category: step.category, joinedOn: expectedOn(around, step), certainty: 'expected' };
}

/** Each layer of the case, lowest first, before and after. */
export function layerEffects(around: Around): LayerEffect[] {
  return around.summary.steps.map((step) => {
    const standing = around.standings.find((one) => one.associationId === step.associationId);
    const recorded = standing === undefined ? undefined : { category: standing.category, joinedOn: standing.joinedOn };
    return {
      associationId: step.associationId,
      associationName: step.associationName,
      layer: step.layer,
      own: step.own,
      // What this case itself has already brought about is its effect, not the state before it.
      before: isDecided(step.state) ? undefined : recorded,
      after: afterOf(around, step),
    };
  });
}

async function countsOf(tx: ReadTransaction, ctx: Context, { summary, suppose }: Around): Promise<WhatIf['counts']> {
  if (!summary.may.includes('approve')) return [];
  const { leg } = summary.own;
  // The last day is still a day of membership (`rules.md 2.3`).
  const on = leg === 'leave' ? addDays(suppose.decidedOn, 1) : suppose.decidedOn;
  const then = await membersOn(tx, summary.own.associationId, on);
  const effect = { on, before: then, after: then + gains[leg] };
  if (on <= ctx.today) return [effect];
  const now = await membersOn(tx, summary.own.associationId, ctx.today);
  return [{ on: ctx.today, before: now, after: now }, effect];
}

function insuranceOf(layers: readonly LayerEffect[], categories: readonly MemberCategory[]): WhatIf['insurance'] {
  const jma = layers.find((layer) => layer.layer === 1);
  if (jma?.after === undefined || jma.after.deed === 'leave') return undefined;
  const category = categories.find((row) => row.associationId === jma.associationId && row.name === jma.after?.category);
  return { deed: jma.after.deed, from: jma.after.joinedOn, covered: category?.liabilityInsurance === true };
}

function atJma(layers: readonly LayerEffect[]): { deed: Leg; on: Day } | undefined {
  const after = layers.find((layer) => layer.layer === 1)?.after;
  return after === undefined ? undefined : { deed: after.deed, on: after.joinedOn };
}

/** Days on which earlier memberships of 日本医師会 ended, as far as they are in scope. */
export async function leavesOfJma(tx: ReadTransaction, personId: string): Promise<Day[]> {
  const periods = await periodsOf(tx, personId);
  return periods.flatMap((period) => (period.associationId === jmaId && period.leftOn !== null ? [period.leftOn] : []));
}

/** Everything that would follow from a date and a category of our own step. */
export async function readWhatIf(
  tx: ReadTransaction,
  ctx: Context,
  question: { summary: CaseSummary; applicant: Applicant | undefined; suppose: Supposition },
): Promise<WhatIf> {
  const { summary, applicant, suppose } = question;
  const categories = await categoriesOf(
    tx,
    summary.steps.map((step) => step.associationId),
    suppose.decidedOn,
  );
  const around: Around = { summary, suppose, categories, standings: applicant?.standings ?? [] };
  const layers = layerEffects(around);
  const own = layers.find((layer) => layer.own)?.after;
  const trainee = categories.some((row) => row.associationId === summary.own.associationId && row.name === own?.category && row.trainee);
  return {
    leg: summary.own.leg,
    decidedOn: suppose.decidedOn,
    layers,
    counts: await countsOf(tx, ctx, around),
    feePeriod: {
      label: feePeriodOf(suppose.decidedOn).label,
      wished: feePeriodOf(summary.leaveWishedOn ?? summary.wishedOn ?? suppose.decidedOn).label,
    },
    waiver: applicant === undefined ? undefined : waiverOf(applicant, { on: suppose.decidedOn, trainee }),
    insurance: insuranceOf(layers, categories),
    pension: pensionOf(atJma(layers), await leavesOfJma(tx, summary.personId)),
    otherCases: await listOtherOpen(tx, ctx.actor, { personId: summary.personId, exceptId: summary.id }),
  };
}
