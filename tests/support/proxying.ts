import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { beginProxy } from '#features/application/commands/begin-proxy.ts';
import { registerDeath } from '#features/application/commands/register-death.ts';
import { saveWithdrawal } from '#features/application/commands/save-withdrawal.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import type { ApplicationKind } from '#features/application/flow.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import type { World } from './world.ts';

/** 代理申請 through the commands of its pages (`rules.md 3.10`). Days fit a today of 2026-01-15. */

export const grounds = {
  request: { why: 'request', ground: 'P01', askedOn: '2026/01/10', askedHow: '本人から電話', agreed: '1' },
  death: { why: 'death', diedOn: '2026/01/10', learned: 'family', reporterName: '日医 花子' },
  missing: {
    why: 'missing',
    lastContactOn: '2025/12/20',
    searches: { post: { on: '2026/01/05', result: '宛先不明で返送' } },
    reason: '転居先が不明',
  },
} as const;

export type Ground =
  | (typeof grounds)['request']
  | ({ [key in keyof (typeof grounds)['death']]: string } & { why: 'death' })
  | (Omit<(typeof grounds)['missing'], 'lastContactOn' | 'searches'> & {
      lastContactOn: string;
      searches: Readonly<Record<string, { on: string; result: string }>>;
    });

type Acting = Pick<World, 'as'>;

export type Entering = {
  actor: OfficeActor;
  doctor: DoctorActor;
  ground: Ground;
  now?: Date;
  /** 退会希望年月日. */
  wishedOn?: string;
};

/** Step 0 of a paper of any kind. */
export async function begun(
  world: Acting,
  { actor, doctor, ground, now }: Entering,
  kind: ApplicationKind = 'withdrawal',
): Promise<{ id: string; version: number }> {
  return must(await run(beginProxy, world.as(actor, now), { ...ground, personId: doctor.personId, kind }, newId()));
}

/** Step 1 of 退会届 from one association up. */
export async function draftedLeave(
  world: Acting,
  entering: Entering & { leave: readonly number[] },
): Promise<{ id: string; version: number }> {
  const { actor, ground, leave, now, wishedOn = '2026/01/10' } = entering;
  const draft = await begun(world, entering);
  const details = { wishedOn, ...(ground.why === 'request' ? { reason: 'W01' } : {}) };
  const chosen = ground.why === 'death' ? [] : leave.map(String);
  return must(await run(saveWithdrawal, world.as(actor, now), { ...draft, leave: chosen, moves: {}, details, complete: true }));
}

/** A submitted 退会届. */
export async function filedLeave(world: Acting, entering: Entering & { leave: readonly number[] }): Promise<string> {
  const draft = await draftedLeave(world, entering);
  const { actor, ground, now } = entering;
  const confirmed = ground.why === 'missing' ? { confirmed: '1' } : {};
  return must(await run(submitWithdrawal, world.as(actor, now), { ...draft, ...confirmed }, newId())).id;
}

/** 死亡 as the office registers it; answers with the entry. */
export async function registeredDeath(world: Acting, entering: Omit<Entering, 'ground'> & { ground?: Ground }): Promise<string> {
  const draft = await draftedLeave(world, { ground: grounds.death, ...entering, leave: [] });
  return must(await run(registerDeath, world.as(entering.actor, entering.now), { ...draft, confirmed: '1' }, newId())).id;
}

/** A member of a second chain too; layers above that he has already are not joined again. */
export async function alsoMemberOf(world: World, lowestAssociationId: number, doctor: DoctorActor): Promise<void> {
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId, wishedOn: '2025-12-01' });
  const asked = await world.database.system.query<{ id: number }>(
    'SELECT association_id AS id FROM application_step WHERE application_id = $1',
    [id],
  );
  for (const office of await world.offices(lowestAssociationId)) {
    if (asked.rows.some((step) => step.id === office.associationId))
      must(await approveAs(world.as(office), id, { decidedOn: '2025-12-01' }));
  }
}
