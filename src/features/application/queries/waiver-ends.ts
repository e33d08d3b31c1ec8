import type { Day } from '#kernel/day.ts';
import { addDays, day, fiscalYear } from '#kernel/day.ts';
import { graduateMonthsOf } from '#kernel/fee-period.ts';
import { refuse } from '#kernel/refusal.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listQueued } from '../effect.store.server.ts';
import { waiverOf } from './office-applicant.ts';
import { listGraduatesOfJma } from '../waiver.store.server.ts';

/** The last day of the fiscal year, when the waivers of graduates end. */
function yearEnd(today: Day): Day {
  return day(`${fiscalYear(today) + 1}-03-31`);
}

export type WaiverEnd = { personId: string; until: Day; key: string };

async function endOf(tx: ReadTransaction, personId: string, until: Day): Promise<WaiverEnd[]> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return [];
  const training = person.trainingEndsOn;
  const waiver = waiverOf(person, { on: until, trainee: training !== null && training >= until.slice(0, 7) });
  return waiver.waived && waiver.until === until ? [{ personId, until, key: `M-24:${personId}:${until}` }] : [];
}

/** Whose waiver ends with this fiscal year and has not been told so; nobody before the days of notice. Of all, or of one. */
export async function waiverEnds(tx: ReadTransaction, today: Day, personId?: string): Promise<WaiverEnd[]> {
  const until = yearEnd(today);
  const { waiverNoticeDays } = await systemSettingsOf(tx);
  if (addDays(until, -waiverNoticeDays) > today) return [];
  const ids = await listGraduatesOfJma(tx, { ...graduateMonthsOf(until), ...(personId === undefined ? {} : { personId }) });
  const queued = new Set(
    await listQueued(
      tx,
      ids.map((id) => `M-24:${id}:${until}`),
    ),
  );
  const ends: WaiverEnd[] = [];
  for (const id of ids) if (!queued.has(`M-24:${id}:${until}`)) ends.push(...(await endOf(tx, id, until)));
  return ends;
}

/** Persons who must be told today; asked by the daily round. */
export const waiverEndsToTell = query({
  name: 'application.waiverEndsToTell',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => (await waiverEnds(tx, ctx.today)).map((one) => one.personId),
  audit: 'nothing',
});
