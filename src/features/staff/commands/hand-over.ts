import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { isInUse } from '../flow.ts';
import { updateMember } from '../member.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { mayTakeOver } from '../rules.ts';
import { handOverInput } from '../schema.ts';
import { allowed, around, lockOffice, refusalOf } from './around-member.ts';

const ownId = (ctx: Context) => staffAdmin(ctx.actor)?.staffId ?? '';

/**
 * 引継ぎ (`screens.md O-17`): one's own open cases and saved conditions go to a successor, and one's own 有効期間 ends on a day.
 * Both follow as an event: the cases belong to a floor above, the conditions to somebody else's account.
 */
export const handOver = command({
  name: 'staff.handOver',
  input: handOverInput,
  locks: async (_tx, _input, ctx) => await lockOffice(ctx),
  load: async (tx, _input, ctx) => await around(tx, ownId(ctx), ctx),
  allow: allowed,
  decide: (ctx, target, { successorId, endsOn, version }) => {
    const { member, colleagues } = target;
    const successor = colleagues.find((one) => one.id === successorId && mayTakeOver(one, { ownId: member.id, today: ctx.today }));
    if (successor === undefined) return refuseFields({ successorId: [messages.sel(staffMessages.successor)] });
    const last = member.validUntil > ctx.today ? member.validUntil : ctx.today;
    if (endsOn < ctx.today || endsOn > last)
      return refuseFields({ endsOn: [messages.window(staffMessages.endsOn, formatDayPlain(ctx.today), formatDayPlain(last))] });
    const change = { ...member, validUntil: endsOn };
    return refusalOf(target, { ...change, version }, ctx) ?? (isInUse(member.state) ? accepted({ change, successor }) : refuse('conflict'));
  },
  save: async (tx, { ctx, target: { member }, decision: { change, successor } }) => {
    await updateMember(tx, member.id, change);
    return {
      value: { name: `${successor.surname} ${successor.givenName}`, endsOn: change.validUntil },
      audit: { action: 'staff.handOver', target: successor.id, detail: { validUntil: [member.validUntil, change.validUntil] } },
      events: [
        {
          kind: 'staff.handedOver',
          payload: { associationId: staffAdmin(ctx.actor)?.associationId ?? null, fromStaffId: member.id, toStaffId: successor.id },
        },
      ],
    };
  },
});
