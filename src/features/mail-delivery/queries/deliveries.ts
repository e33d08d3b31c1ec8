import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { listDeliveries } from '../delivery-list.store.server.ts';
import type { Delivery } from '../rules.ts';
import { canResend, canStop, deliveryOf, maskedAddress } from '../rules.ts';
import { deliveryListInput } from '../schema.ts';

export type DeliveryLine = {
  id: string;
  at: Date;
  template: string;
  to: string;
  delivery: Delivery;
  attempts: number;
  reason: string;
  may: readonly ('resend' | 'stop')[];
};

/** メール送信状況 (`screens.md P-08`): newest first, addresses masked, no bodies. */
export const deliveries = query({
  name: 'mail.deliveries',
  input: deliveryListInput,
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, { state, size, ...filter }) => {
    const found = await listDeliveries(tx, { ...filter, delivery: state, limit: size + 1 });
    const rows = found.slice(0, size);
    return {
      rows: rows.map(
        (row): DeliveryLine => ({
          id: row.id,
          at: row.at,
          template: row.template,
          to: maskedAddress(row.to),
          delivery: deliveryOf(row),
          attempts: row.attempts,
          reason: row.reason,
          may: [...(canResend(row) ? ['resend' as const] : []), ...(canStop(row.state) ? ['stop' as const] : [])],
        }),
      ),
      size,
      after: found.length > size ? rows.at(-1)?.id : undefined,
    };
  },
  audit: 'nothing',
});

/** The queue belongs to the system; the page lets in the operations office alone. */
export function asQueue(ctx: Context): Context {
  return ctx.actor.kind === 'operations' ? { ...ctx, actor: { kind: 'system', name: 'operations' } } : ctx;
}
