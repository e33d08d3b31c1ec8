import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { endSessions, liftFactor } from '../member.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { staffTargetInput } from '../schema.ts';
import { allowed, around, lockOffice } from './around-member.ts';

const hourMs = 3_600_000;

/**
 * 2段階認証を解除する (`screens.md O-17`) for a colleague who has lost app and codes. His sessions end, he is told by mail, and
 * for a day after the new factor he neither decides nor exports. One's own is a matter of ログイン情報 and its password.
 */
export const liftSecondFactor = command({
  name: 'staff.liftSecondFactor',
  input: staffTargetInput.pick({ id: true }),
  locks: async (_tx, _input, ctx) => await lockOffice(ctx),
  load: async (tx, { id }, ctx) => {
    const found = await around(tx, id, ctx);
    return found === undefined ? undefined : { ...found, hours: (await systemSettingsOf(tx)).factorHoldHours };
  },
  allow: allowed,
  decide: (ctx, { member, hours }) => {
    if (member.id === staffAdmin(ctx.actor)?.staffId) return refuse('conflict', { message: staffMessages.ownFactor });
    if (!member.factor) return refuse('conflict', { message: staffMessages.noFactor });
    return accepted({ member, until: new Date(ctx.now.getTime() + hours * hourMs) });
  },
  save: async (tx, { decision: { member, until } }) => {
    await liftFactor(tx, member.id, until);
    const ended = await endSessions(tx, member.id);
    return {
      value: { id: member.id },
      audit: { action: 'staff.liftSecondFactor', target: member.id, detail: { ended } },
      events: [{ kind: 'staff.factorLifted', payload: { accountId: member.accountId } }],
    };
  },
});
