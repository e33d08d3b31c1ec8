import type { Actor, OfficeActor } from '#kernel/actor.ts';

/** 管理者 and スタッフ of the office that was told; undefined for everybody else (`screens.md O-15`). Pure. */
export function notifiedOffice(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}
