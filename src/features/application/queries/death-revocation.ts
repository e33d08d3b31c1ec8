import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { loadDeathEntry } from '../commands/revoke-death.ts';
import { texts } from '../messages.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { applicationIdInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { officeOnly } from './inbox.ts';
import { readSummary } from './office-summary.ts';

/** Whether 死亡登録の取消 is possible now, and until when; `why` says what stands in the way. */
export type DeathRevocation = { until: Day; why: string | undefined };

/** Undefined for any case but the entry of a death by our own office that still stands. */
export async function readDeathRevocation(tx: ReadTransaction, ctx: Context, target: Case): Promise<DeathRevocation | undefined> {
  const entry = await loadDeathEntry(tx, ctx, target);
  if (entry?.died !== true) return undefined;
  const { until, days, own, alone } = entry;
  if (ctx.today > until) return { until, why: proxyTexts.deathRevokeTooLate(days) };
  return { until, why: own && !alone ? texts.anotherPerson : undefined };
}

/** The page of 死亡登録の取消 (`screens.md O-11`). */
export const deathRevocation = query({
  name: 'application.deathRevocation',
  input: applicationIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx) => {
    const target = await loadCase(tx, ctx.actor, id);
    const summary = target === undefined ? undefined : await readSummary(tx, ctx, target);
    if (target === undefined || summary === undefined) return undefined;
    return { summary, revocation: await readDeathRevocation(tx, ctx, target) };
  },
  audit: (value, { id }) => ({ action: 'application.viewed', target: id, personIds: [value.summary.personId] }),
});
