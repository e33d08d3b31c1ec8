import { profileOfAccount } from '#features/person/queries/profile.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { linkState } from '../rules.ts';
import { findByLink, markOpened, saveDraft } from '../store.server.ts';

/** Uses up the link of M-01: whoever pressed goes on with a word of his own browser. */
const openRegistration = command({
  name: 'entrance.openRegistration',
  input: z.object({ token: z.string().refine(isToken), browserToken: z.string().refine(isToken) }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `link:${hashToken(input.token).toString('hex')}` }],
  load: async (tx, input) => await findByLink(tx, hashToken(input.token)),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, target) => (linkState({ ...target, usedAt: target.openedAt }, ctx.now) === 'open' ? accepted(target) : refuse('notFound')),
  save: async (tx, { ctx, decision, input }) => {
    await markOpened(tx, decision.id, { browserHash: hashToken(input.browserToken), now: ctx.now });
    // A migrated doctor begins with his own data.
    const own = decision.accountId === null ? undefined : await profileOfAccount(tx, decision.accountId, ctx.today);
    if (own !== undefined) await saveDraft(tx, decision.id, { draft: own.texts, passwordHash: null, idChecked: false });
    return {
      value: { firstLogin: decision.accountId !== null, seconds: Math.ceil((decision.expiresAt.getTime() - ctx.now.getTime()) / 1000) },
      audit: { action: 'entrance.openRegistration', target: decision.id },
      events: [],
    };
  },
});

export type Opened = { browserToken: string; firstLogin: boolean; seconds: number };

/** 登録手続きに進む. `notFound` when the link has expired or was used: the page says which. */
export async function openLink(ctx: Context, token: string): Promise<Outcome<Opened>> {
  if (!isToken(token)) return refuse('notFound');
  const browserToken = newToken();
  const outcome = await run(openRegistration, asEntrance(ctx), { token, browserToken });
  return outcome.ok ? accepted({ browserToken, ...outcome.value }) : outcome;
}
