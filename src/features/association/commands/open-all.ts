import { actorName } from '#kernel/actor.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { KeptOpening } from '../opening.store.server.ts';
import { moveOpenings } from '../opening.store.server.ts';
import { announced } from './carry-change.ts';
import { openWithAdmin } from './open-association.ts';

/** The new associations of a file as the second person reserves it (`screens.md J-02`). */

const idsOf = (openings: readonly KeptOpening[]) => openings.map((one) => one.id);

/**
 * Opens all of them, upper layers first, and names their 初期管理者, who are invited (M-30) from the 設立日 on. Every office is told once
 * for each 設立日, with the number.
 */
export async function openAll(
  tx: WriteTransaction,
  ctx: Context,
  openings: readonly KeptOpening[],
): Promise<{ notes: AuditNote[]; events: DomainEvent[] }> {
  const notes: AuditNote[] = [];
  const named: DomainEvent[] = [];
  const days = new Map<KeptOpening['opensOn'], number[]>();
  for (const { mail, parentCode, ...opening } of openings) {
    const { associationId, event } = await openWithAdmin(tx, ctx, { ...opening, adminMail: mail, parentId: Number(parentCode) });
    named.push(event);
    days.set(opening.opensOn, [...(days.get(opening.opensOn) ?? []), associationId]);
    notes.push({ action: 'association.open', target: opening.code, detail: { opensOn: opening.opensOn, parentId: Number(parentCode) } });
  }
  await moveOpenings(tx, idsOf(openings), { state: 'done', by: actorName(ctx.actor), at: ctx.now, forget: false });
  const told = [...days].flatMap(([opensOn, [first, ...more]]) => (first === undefined ? [] : [announced(first, opensOn, more.length)]));
  return { notes, events: [...told, ...named] };
}

/** Takes them back before they were opened; who was named for them is forgotten. */
export async function forgetOpenings(tx: WriteTransaction, ctx: Context, openings: readonly KeptOpening[]): Promise<void> {
  await moveOpenings(tx, idsOf(openings), { state: 'withdrawn', by: actorName(ctx.actor), at: ctx.now, forget: true });
}
