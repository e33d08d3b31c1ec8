import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { FeeWaiver } from '#kernel/fee-period.ts';
import { feePeriodOf } from '#kernel/fee-period.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { membersOn } from '#features/membership/queries/member-count.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OtherCase } from '../detail.store.server.ts';
import { listOtherOpen } from '../detail.store.server.ts';
import type { EndingAct, Outcome } from '../ending-rules.ts';
import { gainOf, leavesTask, outcomeOf } from '../ending-rules.ts';
import type { Leg } from '../flow.ts';
import type { Pension } from '../pension.ts';
import { pensionOf } from '../pension.ts';
import { readApplicant, waiverOn } from './office-applicant.ts';
import type { CaseSummary } from './office-summary.ts';
import { leavesOfJma } from './what-if.ts';

/** What 差戻し, 非承認, 取消, 承認取消 and 退会取消 would bring, before anybody decides (`rules.md 3.12`). */

export type EndingLayer = {
  associationId: number;
  associationName: string;
  layer: number;
  leg: Leg;
  own: boolean;
  /** Member today or later, as recorded. */
  before: { category: string; joinedOn: Day } | undefined;
  /** The day that holds for it so far. */
  decidedOn: Day | null;
  outcome: Outcome;
};

export type WhatIfEnding = {
  act: EndingAct;
  layers: EndingLayer[];
  counts: { on: Day; before: number; after: number }[];
  /** The 期 whose fees may change; undefined when none does. */
  feePeriod: string | undefined;
  waiver: FeeWaiver | undefined;
  /** 日本医師会 within this case; undefined when the case does not reach it. */
  jma: EndingLayer | undefined;
  pension: Pension;
  /** The office that gets a task because its settings ask for all layers (`rules.md 3.4`). */
  taskFor: string | undefined;
  otherCases: OtherCase[];
};

type Around = { summary: CaseSummary; act: EndingAct };

async function countsOf(tx: ReadTransaction, ctx: Context, { summary, act }: Around): Promise<WhatIfEnding['counts']> {
  const { own } = summary;
  if (!own.own) return [];
  const gain = gainOf(act, summary, own.leg);
  const now = await membersOn(tx, own.associationId, ctx.today);
  const decided = own.shownOn ?? own.decidedOn;
  if (gain === 0 || decided === null) return [{ on: ctx.today, before: now, after: now }];
  // The last day is still a day of membership (`rules.md 2.3`).
  const on = own.leg === 'leave' ? addDays(decided, 1) : decided;
  const then = await membersOn(tx, own.associationId, on);
  const effect = { on, before: then, after: then + gain };
  return on <= ctx.today ? [effect] : [{ on: ctx.today, before: now, after: now }, effect];
}

async function taskOf(tx: ReadTransaction, { summary, act }: Around): Promise<string | undefined> {
  const [lowest] = summary.steps;
  if (act !== 'reject' || lowest === undefined) return undefined;
  const [pinned] = await pinnedSettings(tx, [{ associationId: lowest.associationId, version: lowest.settingsVersion }]);
  return leavesTask(summary, lowest, pinned?.settings.requiredUpperLayers ?? 'none') ? lowest.associationName : undefined;
}

function jmaAfter(jma: EndingLayer | undefined, today: Day): Parameters<typeof pensionOf>[0] {
  if (jma === undefined || jma.leg !== 'join' || jma.before !== undefined) return undefined;
  return jma.outcome === 'never' ? { deed: 'join', on: today } : undefined;
}

/** Everything that would follow from ending, sending back or taking back; `act` is what the page is about. */
export async function readWhatIfEnding(tx: ReadTransaction, ctx: Context, around: Around): Promise<WhatIfEnding> {
  const { summary, act } = around;
  const applicant = await readApplicant(tx, summary.personId, ctx.today);
  const layers = summary.steps.map((step): EndingLayer => {
    const standing = applicant?.standings.find((one) => one.associationId === step.associationId);
    return {
      associationId: step.associationId,
      associationName: step.associationName,
      layer: step.layer,
      leg: step.leg,
      own: step.own,
      before: standing === undefined ? undefined : { category: standing.category, joinedOn: standing.joinedOn },
      decidedOn: step.shownOn ?? step.decidedOn,
      outcome: outcomeOf(act, summary, step),
    };
  });
  const jma = layers.find((layer) => layer.layer === 1);
  const decided = summary.own.shownOn ?? summary.own.decidedOn;
  const counts = await countsOf(tx, ctx, around);
  const moved = counts.some((count) => count.before !== count.after);
  return {
    act,
    layers,
    counts,
    feePeriod: moved && decided !== null ? feePeriodOf(decided).label : undefined,
    waiver: applicant === undefined ? undefined : waiverOn(applicant, decided ?? summary.wishedOn ?? ctx.today),
    jma,
    pension: pensionOf(jmaAfter(jma, ctx.today), await leavesOfJma(tx, summary.personId)),
    taskFor: await taskOf(tx, around),
    otherCases: await listOtherOpen(tx, ctx.actor, { personId: summary.personId, exceptId: summary.id }),
  };
}
