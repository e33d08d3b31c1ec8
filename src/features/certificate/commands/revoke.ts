import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { certificateFlow } from '../flow.ts';
import { certificateTexts as texts } from '../messages.ts';
import { maySeeCertificate } from '../policy.ts';
import { revokeInput } from '../schema.ts';
import { findCertificate, markRevoked } from '../store.server.ts';

/** 無効にする (`screens.md D-13, O-08`): by the doctor, or by the issuing office with a reason that the doctor reads. */
export const revokeCertificate = command({
  name: 'certificate.revoke',
  input: revokeInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findCertificate(tx, id),
  allow: (ctx, target) => (maySeeCertificate(ctx.actor, target) ? true : refuse('notFound')),
  decide: (ctx, target, { reason }) => {
    const next = certificateFlow.next(target.state, 'revoke');
    if (next === undefined) return refuse('conflict', { message: texts.notInForce });
    if (ctx.actor.kind === 'office' && reason === '') return refuseFields({ reason: [messages.req(texts.revokeReason)] });
    return accepted(next);
  },
  save: async (tx, { ctx, target: { id, state, personId, number }, decision, input }) => {
    const byOffice = ctx.actor.kind === 'office';
    await markRevoked(tx, { id, from: state, to: decision }, { byOffice, reason: input.reason, at: ctx.now });
    return {
      value: { id },
      audit: { action: 'certificate.revoke', target: id, personIds: [personId], detail: { number: number ?? '', reason: input.reason } },
      // His own act needs no mail; what an office ends, he hears.
      events: byOffice ? [{ kind: 'certificate.revoked', payload: { certificateId: id } }] : [],
    };
  },
});
