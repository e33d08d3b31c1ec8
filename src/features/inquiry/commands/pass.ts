import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { openAssociationsById } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { z } from 'zod';
import { inquiryTexts as texts } from '../messages.ts';
import { mayPassToOffice } from '../policy.ts';
import type { Desk } from '../rules.ts';
import { dueOn, jmaDesk, officeDesk, operationsDesk, sameDesk } from '../rules.ts';
import { passInput } from '../schema.ts';
import { findHolder, findInquiry, insertPass } from '../store.server.ts';
import { gate, inquiryLocks, moveOn, nextState, noteOf } from './follow.ts';

type Wish = z.infer<typeof passInput>;
type Wanted = { holder: number | undefined; association: { id: number; name: string } | undefined };

function wantedDesk(input: Wish, { holder, association }: Wanted): Outcome<Desk> {
  switch (input.to) {
    case 'operations':
      return accepted(operationsDesk);
    case 'holder':
      return holder === undefined ? refuseFields({ to: [texts.noHolder] }) : accepted(officeDesk(holder));
    case 'office':
      return association === undefined ? refuseFields({ associationId: [texts.noSuchOffice] }) : accepted(officeDesk(association.id));
    default:
      return accepted(jmaDesk(input.to));
  }
}

/** 運営事務局へ回す, 担当課へ回す, 医師会へ回す (O-26, P-05): with a reason for the next desk; 期限 begins anew. */
export const passInquiry = command({
  name: 'inquiry.pass',
  input: passInput,
  locks: inquiryLocks,
  load: async (tx, input, ctx) => {
    const target = await findInquiry(tx, input.id);
    if (target === undefined) return undefined;
    const wanted = input.associationId === undefined ? [] : await openAssociationsById(tx, [input.associationId], ctx.today);
    return { target, holder: await findHolder(tx, input.id), association: wanted[0] };
  },
  allow: (ctx, { target }, input) => {
    const gated = gate(ctx, target, { action: 'pass', version: input.version });
    return gated === true && input.to === 'office' && !mayPassToOffice(ctx.actor) ? refuse('forbidden') : gated;
  },
  decide: (_ctx, { target, holder, association }, input) => {
    const desk = wantedDesk(input, { holder, association });
    if (!desk.ok) return desk;
    if (sameDesk(desk.value, target.at)) return refuseFields({ to: [texts.sameDesk] });
    const next = nextState(target, 'pass');
    return next.ok ? accepted({ desk: desk.value, state: next.value }) : next;
  },
  save: async (tx, { ctx, target: { target }, decision: { desk, state }, input }) => {
    await insertPass(tx, {
      id: newId(),
      inquiryId: target.id,
      from: target.at,
      to: desk,
      reason: input.reason,
      accountId: accountOf(ctx),
      by: actorName(ctx.actor),
      at: ctx.now,
    });
    await moveOn(tx, target, { state, desk, dueOn: dueOn(ctx.today), now: ctx.now });
    const to = [desk.desk, desk.associationId ?? '', desk.section ?? ''].join(' ').trim();
    return { value: { id: target.id }, audit: noteOf('inquiry.pass', target, { to, reason: input.reason }), events: [] };
  },
});

function accountOf(ctx: Context): string {
  const account = actingAccount(ctx.actor);
  if (account === undefined) throw new Error('only people pass inquiries on');
  return account;
}
