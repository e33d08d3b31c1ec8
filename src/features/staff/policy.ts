import type { Actor, OfficeActor } from '#kernel/actor.ts';

/** Only 管理者 manage the staff of their own office (`rules.md 5.3`); undefined for everybody else. */
export function staffAdmin(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role === 'admin' ? actor : undefined;
}
