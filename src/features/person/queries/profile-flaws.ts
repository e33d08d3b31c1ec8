import type { FieldErrors } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { flawsOfProfile, type ReadProfile, unknownCodes } from '../rules.ts';
import { profileInput, type ProfileDraft } from '../schema.ts';
import type { z } from 'zod';
import { profileCodes } from './profile-options.ts';

function right<T>(schema: z.ZodType<T>, typed: unknown): T | undefined {
  const read = schema.safeParse(typed);
  return read.success ? read.data : undefined;
}

/** Of a draft with mistakes, what could be read all the same: so that nobody mends one field only to hear of the next. */
export function readable(draft: ProfileDraft): ReadProfile {
  const { shape } = profileInput;
  return {
    birthOn: right(shape.birthOn, draft['birthOn']),
    licensedOn: right(shape.licensedOn, draft['licensedOn']),
    graduatedOn: right(shape.graduatedOn, draft['graduatedOn']),
    degreeOn: right(shape.degreeOn, draft['degreeOn']),
    formerSurname: right(shape.formerSurname, draft['formerSurname']),
    formerGivenName: right(shape.formerGivenName, draft['formerGivenName']),
    formerSurnameKana: right(shape.formerSurnameKana, draft['formerSurnameKana']),
    formerGivenNameKana: right(shape.formerGivenNameKana, draft['formerGivenNameKana']),
    useFormerName: right(shape.useFormerName, draft['useFormerName']),
    schoolCode: right(shape.schoolCode, draft['schoolCode']),
    schoolText: right(shape.schoolText, draft['schoolText']),
  };
}

/** Everything wrong with what was typed, field by field and at once; empty when the review can come. */
export async function flawsOfProfileDraft(ctx: Context, draft: ProfileDraft): Promise<FieldErrors> {
  const parsed = profileInput.safeParse(draft);
  if (!parsed.success) return { ...flawsOfProfile(readable(draft), ctx.today), ...fieldErrors(parsed.error) };
  const codes = await readTransaction(ctx, (tx) => profileCodes(tx, ctx.today));
  return { ...flawsOfProfile(parsed.data, ctx.today), ...unknownCodes(parsed.data, codes) };
}
