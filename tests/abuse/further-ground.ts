import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { planSettings } from '#features/association/commands/plan-settings.ts';
import { settingsHistory } from '#features/association/queries/settings-history.ts';
import { associationSettings } from '#features/association/schema.ts';
import { approve } from '#features/application/commands/approve.ts';
import { approveAs, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { kita } from '#support/case-mix.ts';
import { draftChange, draftTransfer, fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';

/** What a mix of 入会届 does not show: 異動届 being written, 確認 and 承認取消 while they are possible, settings ahead. */

const miyakojima = 27_002;
const dates = { wishedOn: '2026-04-01', leaveOn: '2026-03-31' };

/** The move is decided for a day ahead; the layers above have their 確認 before them. */
async function decidedMove(world: World): Promise<void> {
  const mover = await memberOf(world, kita);
  const id = await fileTransfer(world, mover, { from: kita, to: miyakojima, ...dates });
  const origin = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const leave = { id, version: await versionOf(origin, id), decidedOn: dates.leaveOn, confirmed: 'on' };
  must(await run(approve, origin, leave, newId()));
  must(await approveAs(world.as(officeActor({ id: miyakojima, name: '', layer: 3 })), id, { decidedOn: dates.wishedOn }));
}

async function settingsAhead(world: World): Promise<void> {
  const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const { revision } = must(await ask(settingsHistory, clerk, {}));
  const wanted = {
    ...associationSettings.parse({}),
    transferOrder: 'leave_first',
    startsOn: '2026-02-01',
    reason: '来月から',
    version: revision,
  };
  must(await run(planSettings, clerk, wanted, newId()));
}

/** Returns the doctors who are writing a form. */
export async function furtherGround(world: World): Promise<DoctorActor[]> {
  const [mover, changer] = [await memberOf(world, kita), await memberOf(world, kita)];
  await draftTransfer(world, mover, { from: kita, to: miyakojima, ...dates });
  await draftChange(world, changer, { associationId: kita, categories: { 0: 'B' }, wishedOn: '2026-02-01' });
  await decidedMove(world);
  await settingsAhead(world);
  return [mover, changer];
}
