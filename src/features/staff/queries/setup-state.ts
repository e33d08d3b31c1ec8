import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Database } from '#platform/db/database.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { isSetupOpen } from '../setup-code.ts';
import { hasStaff } from '../store.server.ts';

/** True while nobody can log in to any office. */
export async function needsFirstAdmin(database: Database): Promise<boolean> {
  return !(await hasStaff(database.system));
}

/** Whether the first set-up may be shown: the page does not exist otherwise. */
export async function setupState(database: Database): Promise<Outcome<{ open: true }>> {
  if (!isSetupOpen()) return refuse('notFound');
  try {
    return (await needsFirstAdmin(database)) ? accepted({ open: true }) : refuse('notFound');
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
