import type { OfficeActor } from '#kernel/actor.ts';
import { hasDecided } from '#features/application/queries/has-decided.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { infoEntered } from '#features/association/queries/info-entered.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isHidden } from '../first-steps.store.server.ts';
import { firstStepTexts } from '../labels.ts';

/** はじめの一歩 of an office: what a new office does first, ticked from what is really there. */

export type FirstStep = { label: string; to: string; done: boolean; adminOnly: boolean };

export type FirstSteps = { hidden: boolean; steps: FirstStep[] };

/** Whether each step is taken; スタッフ read steps of 管理者 without a link. */
export async function readFirstSteps(tx: ReadTransaction, ctx: Context, actor: OfficeActor): Promise<FirstSteps> {
  const { associationId } = actor;
  if (await isHidden(tx, actor.accountId)) return { hidden: true, steps: [] };
  const staff = await activeStaff(tx, associationId, ctx.today);
  const [settings] = await settingsOn(tx, [associationId], ctx.today);
  const done = {
    settings: settings !== undefined && settings.version > 1,
    staff: staff.people >= 2,
    admins: staff.admins >= 2,
    info: await infoEntered(tx, associationId),
    decision: await hasDecided(tx, associationId),
  };
  return { hidden: false, steps: firstStepTexts.map(({ code, ...step }) => ({ ...step, done: done[code] })) };
}
