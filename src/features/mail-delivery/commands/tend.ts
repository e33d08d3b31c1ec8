import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { requeue, stopMail } from '../delivery-list.store.server.ts';
import { words } from '../labels.ts';
import { canResend, canStop } from '../rules.ts';
import { deliveryTarget } from '../schema.ts';
import { findDelivery } from '../store.server.ts';

/** 再送する and 中止する (`screens.md P-08`): the operations office acts, the queue belongs to the system. */

const target = deliveryTarget.extend({ by: z.string() });
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));
const passed = refuse('conflict', { message: words.passed });

const resend = command({
  name: 'mail.resend',
  input: target,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'key' as const, id: `mail:${id}` }]),
  load: async (tx, { id }) => await findDelivery(tx, id),
  allow: systemOnly,
  decide: (_ctx, mail) => {
    if (!mail.current) return refuse('conflict', { message: words.otherAddress });
    return canResend(mail) ? accepted(mail.state) : passed;
  },
  save: async (tx, { decision: from, input: { id, by } }) => {
    await requeue(tx, { id, from });
    return { value: words.resent, audit: { action: 'mail.resend', target: id, detail: { by } }, events: [] };
  },
});

const stop = command({
  name: 'mail.stop',
  input: target,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'key' as const, id: `mail:${id}` }]),
  load: async (tx, { id }) => await findDelivery(tx, id),
  allow: systemOnly,
  decide: (_ctx, mail) => (canStop(mail.state) ? accepted(true) : passed),
  save: async (tx, { input: { id, by } }) => {
    await stopMail(tx, id);
    return { value: words.stopped, audit: { action: 'mail.stop', target: id, detail: { by } }, events: [] };
  },
});

/** Does what the pressed button says; anything else is no request of ours. */
export async function tendMail(ctx: Context, asked: { intent: string | undefined; id: unknown }): Promise<Outcome<string>> {
  if (ctx.actor.kind !== 'operations') return refuse('forbidden');
  const input = { id: asked.id, by: ctx.actor.staffId };
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'operations' } };
  if (asked.intent === 'resend') return await run(resend, system, input);
  return asked.intent === 'stop' ? await run(stop, system, input) : refuse('invalid', { message: words.passed });
}
