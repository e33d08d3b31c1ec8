import type { Day } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { dueTrainings, isTrainingEnding } from '../training.ts';
import { isTraineeWithoutChange, listOfficesOfTrainees } from '../training.store.server.ts';

/** True while a doctor should be asked for the change that follows his clinical training (`screens.md D-01`). */
export async function isTrainingOver(tx: ReadTransaction, personId: string, today: Day): Promise<boolean> {
  const person = await findPerson(tx, personId);
  if (person === undefined || !isTrainingEnding(person.trainingEndsOn, today, await systemSettingsOf(tx))) return false;
  return await isTraineeWithoutChange(tx, personId);
}

/** Offices and months of which M-23 must go out today; asked by the daily round. */
export const trainingsToTell = query({
  name: 'application.trainingsToTell',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    const found: { associationId: number; month: string }[] = [];
    for (const due of dueTrainings(ctx.today, await systemSettingsOf(tx)))
      for (const associationId of await listOfficesOfTrainees(tx, due)) found.push({ associationId, month: due.month });
    return found;
  },
  audit: 'nothing',
});
