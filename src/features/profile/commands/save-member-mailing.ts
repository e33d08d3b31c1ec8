import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { actingOffice, memberOffice } from '#features/membership/queries/members.ts';
import { type MailingWish, writeMailingWishes } from '#features/own-list/commands/choose-mailings.ts';
import { mailingsOfDoctor } from '#features/own-list/queries/mailings-of-doctor.ts';
import { recordProfileChange } from '#features/person/commands/record-change.ts';
import { command } from '#platform/command/command.ts';
import { mailingLabels as labels } from '../labels.ts';
import { wishChange } from '../rules.ts';
import { memberMailingInput } from '../schema.ts';

/** 変更する of the tab 送付物 (`screens.md O-08`): where the own association's mailings go, at the member's request; he is told (M-27). */
export const saveMemberMailing = command({
  name: 'profile.saveMemberMailing',
  input: memberMailingInput,
  locks: async (_tx, { id }, ctx) => {
    const office = ctx.actor.kind === 'office' ? [{ kind: 'association' as const, id: String(ctx.actor.associationId) }] : [];
    return await Promise.resolve([{ kind: 'person' as const, id }, ...office]);
  },
  load: async (tx, { id }, ctx) => {
    if (!(await isMemberHere(tx, ctx, id))) return undefined;
    const { associationId } = actingOffice(ctx);
    return (await mailingsOfDoctor(tx, id, ctx.today)).filter((one) => one.associationId === associationId);
  },
  allow: memberOffice,
  decide: (_ctx, mailings, { choices }): Outcome<MailingWish[]> => {
    const wishes: MailingWish[] = [];
    for (const [line, { mailingId, sendTo, seen }] of choices.entries()) {
      const mailing = mailings.find((one) => one.id === mailingId);
      if (mailing === undefined || mailing.sendTo !== seen) return refuse('conflict', { message: labels.changed });
      if (!mailing.offered.includes(sendTo)) return refuseFields({ [`choices.${line}.sendTo`]: [labels.notOffered] });
      if (mailing.sendTo !== sendTo) wishes.push({ mailing, sendTo });
    }
    return accepted(wishes);
  },
  save: async (tx, { ctx, decision: wishes, input: { id } }) => {
    await writeMailingWishes(tx, id, { wishes, at: ctx.now });
    const events = await recordProfileChange(tx, ctx, {
      personId: id,
      source: 'office',
      fields: ['mailings'],
      changes: wishChange(wishes.length),
    });
    const detail = { mailings: wishes.map((one) => one.mailing.id).join(',') };
    return {
      value: { changed: wishes.length },
      audit: { action: 'profile.saveMemberMailing', personIds: [id], target: id, detail },
      events,
    };
  },
});
