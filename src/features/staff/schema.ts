import { isDay } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { kanaInput, mailInput, textInput } from '#kernel/input.ts';
import { z } from 'zod';

/** The names of a staff member (O-17). */
export const staffNames = z.object({
  surname: textInput('姓', { max: 32, required: true }),
  givenName: textInput('名', { max: 32, required: true }),
  surnameKana: kanaInput('セイ(フリガナ)', { max: 64, required: true }),
  givenNameKana: kanaInput('メイ(フリガナ)', { max: 64, required: true }),
});

/** A staff member of an existing account; without association one of the operations office. */
export const newStaffInput = staffNames.extend({
  accountId: z.string().refine(isId),
  associationId: z.number().int().nullable(),
  role: z.enum(['admin', 'clerk', 'trainingContractor']),
  validUntil: z.string().refine(isDay),
});

export type NewStaff = z.infer<typeof newStaffInput>;

/** The form of the first set-up; login ID and passwords are checked by the identity feature. */
export const firstAdminInput = staffNames.extend({
  code: textInput('設定コード', { max: 100, required: true }),
  mail: mailInput('メールアドレス', { required: true }),
});
