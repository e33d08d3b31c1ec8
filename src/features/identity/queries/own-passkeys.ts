import { actingAccount } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { listPasskeys } from '../passkey.store.server.ts';
import { mostPasskeys } from '../rules.ts';

export type OwnPasskey = { id: string; name: string; addedOn: string /** '' before its first use. */; usedOn: string };
export type OwnPasskeys = { passkeys: readonly OwnPasskey[]; most: number };

const shown = (at: Date) => formatDayPlain(dayOfInstant(at));

/** The passkeys of one's own login, oldest first, and how many there may be (D-05). */
export async function ownPasskeys(ctx: Context): Promise<OwnPasskeys> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return { passkeys: [], most: mostPasskeys };
  const rows = await readTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, (tx) => listPasskeys(tx, accountId));
  const passkeys = rows.map(({ id, name, createdAt, usedAt }) => ({
    id,
    name,
    addedOn: shown(createdAt),
    usedOn: usedAt === null ? '' : shown(usedAt),
  }));
  return { passkeys, most: mostPasskeys };
}
