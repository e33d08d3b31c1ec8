import { actingAssociation, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { type Asked, insertProfileChange } from '../profile.store.server.ts';
import type { ShownChange } from '../schema.ts';

export type ChangeToRecord = {
  personId: string;
  source: 'self' | 'firstLogin' | 'office';
  /** The name of who did it; the actor's own unless the system acts for him. */
  by?: string;
  fields: readonly string[];
  changes: readonly ShownChange[];
  /** An office's change at the doctor's request: its id, for the papers, and by whose wish. */
  proxy?: { changeId: string; asked: Asked } | undefined;
};

/**
 * Notes a change of a doctor's data and makes its news (`screens.md O-15` 登録情報の変更, M-27). The event says which fields; before
 * and after stay in `profile_change`. Inside the command of the change.
 */
export async function recordProfileChange(tx: WriteTransaction, ctx: Context, change: ChangeToRecord): Promise<DomainEvent[]> {
  if (change.changes.length === 0) return [];
  const id = change.proxy?.changeId ?? newId();
  const { personId, source, changes } = change;
  const associationId = actingAssociation(ctx.actor) ?? null;
  await insertProfileChange(tx, {
    id,
    personId,
    at: ctx.now,
    source,
    by: change.by ?? actorName(ctx.actor),
    associationId,
    blocks: [...new Set(changes.map((one) => one.block))],
    changes,
    asked: change.proxy?.asked,
  });
  return [{ kind: 'person.profileChanged', payload: { personId, changeId: id, source, associationId, fields: change.fields.join(',') } }];
}
