import { type ProfileBlock, profileBlocks } from '#features/person/fields.ts';
import { profileWords } from '#features/person/queries/profile-words.ts';
import { profileInput, textIn } from '#features/person/schema.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { loginBlock } from '../fields.ts';
import type { Registration } from '../store.server.ts';

/** Every entry in words, block by block, those of the login apart; undefined when something is still missing. */
export async function reviewOf(
  ctx: Context,
  registration: Registration,
): Promise<{ login: ProfileBlock; profile: ProfileBlock[] } | undefined> {
  const parsed = profileInput.safeParse({ ...registration.draft, mail: registration.mail });
  if (!parsed.success || registration.passwordHash === null) return undefined;
  const words = await readTransaction(ctx, (tx) => profileWords(tx, ctx.today));
  return { login: loginBlock(textIn(registration.draft, 'loginId')), profile: profileBlocks(parsed.data, words) };
}
