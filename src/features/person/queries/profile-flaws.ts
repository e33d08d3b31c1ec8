import type { FieldErrors } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { flawsOfProfile, unknownCodes } from '../rules.ts';
import { profileInput, type ProfileDraft } from '../schema.ts';
import { profileCodes } from './profile-options.ts';

/** Everything wrong with what was typed, field by field; empty when the review can come. */
export async function flawsOfProfileDraft(ctx: Context, draft: ProfileDraft): Promise<FieldErrors> {
  const parsed = profileInput.safeParse(draft);
  if (!parsed.success) return fieldErrors(parsed.error);
  const codes = await readTransaction(ctx, (tx) => profileCodes(tx, ctx.today));
  return { ...flawsOfProfile(parsed.data, ctx.today), ...unknownCodes(parsed.data, codes) };
}
