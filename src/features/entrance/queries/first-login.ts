import { loginOf } from '#features/identity/commands/change-login.ts';
import { type ProfileBlock, profileBlocks, withChanges } from '#features/person/fields.ts';
import { profileOfAccount } from '#features/person/queries/profile.ts';
import { profileWords } from '#features/person/queries/profile-words.ts';
import type { ProfileDraft } from '#features/person/schema.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import type { Registration } from '../store.server.ts';
import { reviewOf } from './review.ts';

/** The first login of a migrated doctor (`screens.md A-10`); asked as the system, for he is not signed in yet. */

const migrated = query({
  name: 'entrance.migratedData',
  input: z.object({ accountId: z.string() }),
  allow: () => true,
  read: async (tx, { accountId }, ctx) => {
    const found = await profileOfAccount(tx, accountId, ctx.today);
    return found === undefined ? undefined : { ...found, blocks: profileBlocks(found.profile, await profileWords(tx, ctx.today)) };
  },
  audit: (found) => ({ action: 'entrance.migratedDataViewed', target: found.personId, personIds: [found.personId] }),
});

/** True while an account still has its initial login, within its time. */
export async function isFirstLogin(ctx: Context, accountId: string): Promise<boolean> {
  const login = await loginOf(ctx, accountId);
  return login !== undefined && login.initialUntil !== null && login.initialUntil > ctx.now;
}

/** The data as they were migrated, as texts of the form. */
export async function migratedTexts(ctx: Context, accountId: string): Promise<Outcome<ProfileDraft>> {
  const found = await ask(migrated, asEntrance(ctx), { accountId });
  return found.ok ? accepted(found.value.texts) : found;
}

/** A-10 step 5: every entry in words, with what differs from the migrated data marked. */
export async function firstReview(ctx: Context, registration: Registration): Promise<Outcome<readonly ProfileBlock[] | undefined>> {
  if (registration.accountId === null) return refuse('notFound');
  const before = await ask(migrated, asEntrance(ctx), { accountId: registration.accountId });
  if (!before.ok) return before;
  const now = await reviewOf(ctx, registration);
  return accepted(now === undefined ? undefined : [now.login, ...withChanges(now.profile, before.value.blocks)]);
}
