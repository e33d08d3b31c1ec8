import type { Day } from '#kernel/day.ts';
import { day, daysBetween, lastOfMonth } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { feeWaiver } from '#kernel/fee-period.ts';
import { isYearMonth } from '#kernel/year-month.ts';
import { isReturned } from '#features/application/flow.ts';
import { ballsOf, ballSentence } from '#features/application/queries/my-progress.ts';
import { myOpenCases } from '#features/application/queries/my-applications.ts';
import { isTrainingOver } from '#features/application/queries/training.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { MembershipPhase } from '#features/membership/queries/standing.ts';
import { affiliationsOf, periodsOf, phasesOf } from '#features/membership/queries/standing.ts';
import type { Person } from '#features/person/queries/person.ts';
import { newestNotices } from '#features/notice/queries/reader-notices.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { facilityUndecided } from '../labels.ts';

export type CurrentLine = {
  layer: number;
  association: string;
  /** Telephone and mail, as far as the association has given them. */
  contacts: readonly string[];
  category: string;
  joinedOn: Day;
  leavesOn: Day | undefined;
  ahead: boolean;
};
export type CurrentBox = { id: string; facility: string; primary: boolean; lines: CurrentLine[] };

function isLive(phase: MembershipPhase, today: Day): boolean {
  return (phase.endsOn === null || phase.endsOn >= today) && (phase.leftOn === null || phase.leftOn >= today);
}

/** One box per affiliation with its memberships in force or ahead, lowest layer first (`screens.md D-01`). */
async function currentBoxes(tx: ReadTransaction, personId: string, today: Day): Promise<CurrentBox[]> {
  const phases = (await phasesOf(tx, personId)).filter((phase) => isLive(phase, today));
  const associations = await associationsById(tx, [...new Set(phases.map((phase) => phase.associationId))], today);
  const boxes = (await affiliationsOf(tx, personId)).map((affiliation) => ({
    id: affiliation.id,
    facility: affiliation.facilityName ?? facilityUndecided,
    primary: affiliation.isPrimary,
    lines: associations.flatMap((association) => {
      // The phase in force, else the nearest one ahead: phases come newest first.
      const phase = phases.filter((one) => one.affiliationId === affiliation.id && one.associationId === association.id).at(-1);
      return phase === undefined
        ? []
        : [
            {
              layer: association.layer,
              association: association.name,
              contacts: [association.tel, association.mail].flatMap((one) => (one === null || one === '' ? [] : [one])),
              category: phase.categoryName,
              joinedOn: phase.joinedOn,
              leavesOn: phase.leftOn ?? undefined,
              ahead: phase.joinedOn > today,
            },
          ];
    }),
  }));
  return boxes.filter((box) => box.lines.length > 0).toSorted((a, b) => Number(b.primary) - Number(a.primary));
}

function waiverEnd(person: Person | undefined, today: Day): Day | undefined {
  if (person === undefined || !isYearMonth(person.graduatedOn)) return undefined;
  const training = person.trainingEndsOn;
  const waiver = feeWaiver({
    graduatedOn: person.graduatedOn,
    trainingEndsOn: isYearMonth(training) ? lastOfMonth(day(`${training}-01`)) : undefined,
    isTrainee: training !== null && training >= today.slice(0, 7),
    on: today,
  });
  return waiver.waived ? waiver.until : undefined;
}

/** Left within the last year (as the setting says) and began nothing since: perhaps the join to the next association was forgotten. */
async function leftWithoutJoining(tx: ReadTransaction, personId: string, today: Day): Promise<boolean> {
  const { joinForgottenDays } = await systemSettingsOf(tx);
  const periods = await periodsOf(tx, personId);
  if (periods.length === 0 || periods.some((period) => period.leftOn === null || period.leftOn >= today)) return false;
  return periods.some((period) => period.leftOn !== null && daysBetween(period.leftOn, today) <= joinForgottenDays);
}

/** マイページTOP (`screens.md D-01`): what waits, where one stands, what is under way. */
export const myTop = query({
  name: 'desk.myTop',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const { personId } = ctx.actor;
    const person = await findPerson(tx, personId);
    const cases = await myOpenCases(tx, ctx.actor, ctx.today);
    const boxes = await currentBoxes(tx, personId, ctx.today);
    return {
      returned: cases.open
        .filter(({ row }) => isReturned(row.state))
        .map(({ line }) => ({ id: line.id, number: line.number, kind: line.kind })),
      drafts: cases.drafts.map((draft) => ({ id: draft.id, paper: draft.paper, savedAt: draft.savedAt, continueTo: draft.continueTo })),
      mailUndelivered: (person?.mailBouncedAt ?? null) !== null,
      trainingEnding: await isTrainingOver(tx, personId, ctx.today),
      waiverUntil: boxes.length === 0 ? undefined : waiverEnd(person, ctx.today),
      forgotten: cases.open.length === 0 && cases.drafts.length === 0 && (await leftWithoutJoining(tx, personId, ctx.today)),
      boxes,
      notices: await newestNotices(tx, ctx, 5),
      open: cases.open.slice(0, 3).map(({ row, steps, line }) => ({
        id: line.id,
        kind: line.kind,
        number: line.number,
        state: line.state,
        tone: line.tone,
        /** One for each office that has the case: both sides of a 異動. */
        sentences: ballsOf(row.state, steps).map((ball) => ballSentence(ball, ctx.today)),
      })),
    };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'desk.myTopViewed', personIds: [ctx.actor.personId] } : undefined,
});
