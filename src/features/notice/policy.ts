import type { Actor, OfficeActor } from '#kernel/actor.ts';

/** Who may do what with お知らせ (`screens.md O-16, D-02`). Pure. */

/** The office behind an actor that publishes; undefined for everybody else. */
export function publishingOffice(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** An office writes, ends and copies its own notices only. */
export function mayManage(actor: Actor, notice: { associationId: number }): boolean {
  return publishingOffice(actor)?.associationId === notice.associationId;
}

export type NoticeOrigin = 'office' | 'operations';

/** Who ends a notice: its office; what the operations office has entered that one, too (`screens.md P-07`). */
export function mayEnd(actor: Actor, notice: { associationId: number; origin: NoticeOrigin }): boolean {
  return mayManage(actor, notice) || (actor.kind === 'operations' && notice.origin === 'operations');
}

/** Mail to all doctors or all offices is approved by a 管理者 of the JMA (`screens.md P-07`). */
export function mayMailAll(actor: Actor): boolean {
  const office = publishingOffice(actor);
  return office?.layer === 1 && office.role === 'admin';
}
