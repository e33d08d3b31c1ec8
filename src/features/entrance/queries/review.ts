import { profileOptions, schoolName } from '#features/person/queries/profile-options.ts';
import { type Profile, profileInput } from '#features/person/schema.ts';
import type { Context } from '#platform/context.ts';
import { reviewBlocks, type ReviewBlock } from '../fields.ts';
import type { Registration } from '../store.server.ts';
import { textIn } from './registration.ts';

/** Every entry in words, block by block; undefined when something is still missing. */
export async function reviewOf(ctx: Context, registration: Registration): Promise<readonly ReviewBlock[] | undefined> {
  const parsed = profileInput.safeParse({ ...registration.draft, mail: registration.mail });
  if (!parsed.success || registration.passwordHash === null) return undefined;
  return await blocksOf(ctx, parsed.data, textIn(registration.draft, 'loginId'));
}

/** A profile in words, block by block. */
export async function blocksOf(ctx: Context, profile: Profile, loginId: string): Promise<readonly ReviewBlock[]> {
  const options = await profileOptions(ctx);
  const labelIn = (list: readonly { value: string; label: string }[]) => (code: string) =>
    list.find((one) => one.value === code)?.label ?? '';
  return reviewBlocks(profile, {
    loginId,
    prefecture: labelIn(options.prefectures),
    department: labelIn([...options.mainDepartments, ...options.departments]),
    school: await schoolName(ctx, profile.schoolCode),
  });
}
