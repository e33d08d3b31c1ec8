import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { findWaitingMail, listDueMails } from '../mail-change.store.server.ts';

const waiting = query({
  name: 'entrance.waitingMail',
  input: z.object({ accountId: z.string() }),
  allow: () => true,
  read: async (tx, { accountId }) => ({ found: await findWaitingMail(tx, accountId) }),
  audit: 'nothing',
});

/** The address that one's own login waits for, and from when it holds. */
export async function ownWaitingMail(ctx: Context): Promise<Outcome<{ mail: string; appliesAt: string } | undefined>> {
  const outcome = await ask(waiting, asEntrance(ctx), { accountId: actingAccount(ctx.actor) ?? '' });
  if (!outcome.ok) return outcome;
  const { found } = outcome.value;
  return accepted(found && { mail: found.mail, appliesAt: formatInstant(found.appliesAt) });
}

const mostAtOnce = 500;

/** Accounts whose new address holds from now on; the next round takes the rest. */
export async function dueMailChanges(ctx: Context): Promise<string[]> {
  const due = await readTransaction(ctx, (tx) => listDueMails(tx, ctx.now, mostAtOnce));
  return due.map((row) => row.accountId);
}
