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
