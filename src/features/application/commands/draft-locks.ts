import type { Lock } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { caseLocks } from './gate.ts';

/** Locks of a command that begins a draft, or changes one: the person first, then the case. */
export async function draftLocks(tx: WriteTransaction, input: { id: string }, ctx: Context): Promise<readonly Lock[]> {
  if (input.id !== '') return await caseLocks(tx, input, ctx);
  return ctx.actor.kind === 'doctor' ? [{ kind: 'person', id: ctx.actor.personId }] : [];
}
