import type { Actor, OfficeActor } from '#kernel/actor.ts';

/** Who may do what with the settings of an association: always and only its own (`screens.md O-21`). */

/** The office whose 環境設定 the actor may read: 管理者 and スタッフ their own; undefined for everybody else. */
export function officeOfSettings(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** Only 管理者 plan and withdraw versions. */
export function mayPlanSettings(actor: Actor): boolean {
  return officeOfSettings(actor)?.role === 'admin';
}

/** The office of the JMA, which keeps 医師会マスタ: its 管理者 and スタッフ see it (`screens.md J-02`). */
export function masterOffice(actor: Actor): OfficeActor | undefined {
  const office = officeOfSettings(actor);
  return office?.layer === 1 ? office : undefined;
}

/** Only its 管理者 change the master. */
export function mayKeepMaster(actor: Actor): boolean {
  return masterOffice(actor)?.role === 'admin';
}
