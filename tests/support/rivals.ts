import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { setAttention } from '#features/application/commands/correspond.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { resubmitJoin } from '#features/application/commands/resubmit-join.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import { categoryIds, draftJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { firstReason, kita } from './case-mix.ts';
import type { World } from './world.ts';

/** Everything that excludes everything else on one case: the actions that race in P2. */
export type RivalAction =
  | 'receive'
  | 'approve'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'attention'
  | 'retract'
  | 'resubmit'
  | 'edit'
  | 'submit'
  | 'deleteDraft';

export type CaseState = 'draft' | 'submitted' | 'returned';

/** What can be tried in a state, by whichever side. */
export const rivalsIn: Record<CaseState, readonly RivalAction[]> = {
  draft: ['submit', 'edit', 'deleteDraft'],
  submitted: ['receive', 'approve', 'return', 'reject', 'cancel', 'attention', 'retract'],
  returned: ['resubmit', 'edit', 'cancel', 'attention', 'retract'],
};

export type Arena = { world: World; district: OfficeActor; categoryId: number; rejectReason: string; cancelReason: string };

export async function openArena(world: World): Promise<Arena> {
  const [district] = await world.offices(kita);
  if (district === undefined) throw new Error('no district');
  const categories = await categoryIds(world.surroundings, { ids: [kita], code: 'A1', now: world.as(district).now });
  return {
    world,
    district,
    categoryId: categories.get(kita) ?? 0,
    rejectReason: await firstReason(world, 'reject'),
    cancelReason: await firstReason(world, 'cancel'),
  };
}

export type Contest = { id: string; doctor: DoctorActor; version: number };

const details = { wishedOn: '2026-02-01', facilityUndecided: 'on', workCode: '11', positionCode: '02', designations: ['01'] };

/** A fresh case at the district in the state asked for; a received one counts as submitted too. */
export async function contestIn(arena: Arena, state: CaseState): Promise<Contest> {
  const { world } = arena;
  const doctor = await world.doctor();
  const { id } = await draftJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  const contest = { id, doctor, version: await currentVersion(world, id) };
  if (state === 'draft') return contest;
  must(await attempt(arena, contest, 'submit'));
  if (state === 'submitted') return { ...contest, version: await currentVersion(world, id) };
  must(await attempt(arena, { ...contest, version: await currentVersion(world, id) }, 'return'));
  return { ...contest, version: await currentVersion(world, id) };
}

export async function currentVersion(world: World, id: string): Promise<number> {
  const { rows } = await world.database.system.query<{ version: number }>('SELECT version FROM application WHERE id = $1', [id]);
  return rows[0]?.version ?? 0;
}

/** One attempt on the version that the person saw, each with a key of its own unless one is given. */
export async function attempt(arena: Arena, contest: Contest, action: RivalAction, key: string = newId()): Promise<Outcome<unknown>> {
  const office = arena.world.as(arena.district);
  const mine = arena.world.as(contest.doctor);
  const at = { id: contest.id, version: contest.version };
  switch (action) {
    case 'receive':
      return await run(receive, office, { ...at, licenceSeen: 'on' }, key);
    case 'approve':
      return await run(approve, office, { ...at, decidedOn: '2026-02-01', categoryId: arena.categoryId, confirmed: 'on' }, key);
    case 'return':
      return await run(returnCase, office, { ...at, reasons: ['R04'], fields: [], message: 'ご確認ください。' }, key);
    case 'reject':
      return await run(reject, office, { ...at, reason: arena.rejectReason, message: '見送りとします。' }, key);
    case 'cancel':
      return await run(cancel, office, { ...at, reason: arena.cancelReason }, key);
    case 'attention':
      return await run(setAttention, office, { ...at, attention: 'on', reason: '要確認' }, key);
    case 'retract':
      return await run(retract, mine, { ...at, reason: arena.cancelReason }, key);
    case 'resubmit':
      return await run(resubmitJoin, mine, at, key);
    case 'edit':
      return await run(saveDetails, mine, { ...at, details: { ...details, note: key }, complete: true }, key);
    case 'submit':
      return await run(submitJoin, mine, at, key);
    case 'deleteDraft':
      return await run(deleteDraft, mine, at, key);
  }
}
