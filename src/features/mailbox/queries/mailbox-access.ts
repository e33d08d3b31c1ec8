import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';

const loopback = /^(?:::ffff:)?127\.|^::1$/;

/**
 * The mailbox is there only while mails stay on this machine. They carry one-time links: outside the demo, other machines
 * see nothing of it either.
 */
export function mailboxIsHere(ctx: Context): true | Refused {
  const { site } = ctx;
  return site.localMailbox && (site.demo || loopback.test(ctx.address)) ? true : refuse('notFound');
}

/** Nobody owns the mailbox, and row-level security shows mails to the system alone. */
export function asMailbox(ctx: Context): Context {
  return { ...ctx, actor: { kind: 'system', name: 'mailbox' } };
}
