import type { StaffRole } from '#kernel/actor.ts';
import { isDay } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { choiceInput, idInput, kanaInput, mailInput, requiredDayInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import type { StaffState } from './flow.ts';
import { chosenStates } from './flow.ts';
import { roleOptions } from './labels.ts';
import { staffMessages } from './messages.ts';

/** The names of a staff member (O-17). */
export const staffNames = z.object({
  surnameKana: kanaInput('セイ(フリガナ)', { max: 64, required: true }),
  givenNameKana: kanaInput('メイ(フリガナ)', { max: 64, required: true }),
  surname: textInput('姓', { max: 32, required: true }),
  givenName: textInput('名', { max: 32, required: true }),
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

const roleInput = choiceInput('権限', { required: true }).transform((text, step): StaffRole => {
  const found = roleOptions.find((option) => option.value === text)?.value;
  if (found !== undefined) return found;
  if (text !== '') step.issues.push({ code: 'custom', message: messages.sel('権限'), input: text });
  return 'clerk';
});

/** 新規登録 (O-17): the person chooses login ID and password himself. */
export const inviteInput = staffNames.extend({
  mail: mailInput(staffMessages.mailLabel, { required: true }),
  mailRepeat: mailInput(`${staffMessages.mailLabel}(確認)`, { required: true }),
  role: roleInput,
  validUntil: requiredDayInput(staffMessages.validUntil),
});

const stateInput = z
  .string()
  .default('')
  .transform((text, step): StaffState => {
    const found = chosenStates.find((state) => state === text);
    if (found !== undefined) return found;
    step.issues.push({ code: 'custom', message: messages.sel('使用状態'), input: text });
    return z.NEVER;
  });

/** 保存する of one staff member (O-17). */
export const changeStaffInput = staffNames.extend({
  id: idInput,
  version: versionInput,
  role: roleInput,
  state: stateInput,
  validUntil: requiredDayInput(staffMessages.validUntil),
});

/** 引継ぎ (O-17): to whom, and until when one goes on oneself. */
export const handOverInput = z.object({
  successorId: choiceInput(staffMessages.successor, { required: true }),
  endsOn: requiredDayInput(staffMessages.endsOn),
  version: versionInput,
});

/** 初期パスワード as somebody types it from paper. */
export const initialPasswordInput = z.object({ initialPassword: textInput(staffMessages.initialPassword, { required: true, max: 60 }) });

/** One staff member or invitation, as it was seen. */
export const staffTargetInput = z.object({ id: idInput, version: versionInput });

/** The list (O-17). `after` and `before` are ids of rows. */
export const staffListInput = z.object({
  name: textInput('氏名', { max: 100 }),
  loginId: textInput('ログインID', { max: 32 }),
  mail: textInput('メールアドレス', { max: 100 }),
  role: choiceInput('権限').transform((text) => roleOptions.find((option) => option.value === text)?.value),
  size: z.string().optional().transform(pageSizeOf),
  after: z
    .string()
    .default('')
    .transform((text) => (isId(text) ? text : '')),
  before: z
    .string()
    .default('')
    .transform((text) => (isId(text) ? text : '')),
});

export type StaffFilter = z.infer<typeof staffListInput>;

/** The link of an invitation mail. */
export const invitationTokenInput = z.object({ token: z.string().max(100) });

/** A-13 without login ID and passwords, which the identity feature checks. */
export const acceptInput = z.object({
  agreed: tickInput.refine((ticked) => ticked, { error: messages.agree(staffMessages.agreement) }),
});

/** 選択したユーザーを削除: ids from the address … */
export const chosenIdsInput = z.object({ ids: z.array(z.string()).transform((ids) => ids.filter((id) => isId(id)).slice(0, 100)) });

/** … and the rows as they were seen, from the form. */
export const chosenInput = z.object({
  items: z
    .array(staffTargetInput.extend({ invited: tickInput }))
    .max(100)
    .default([]),
});

/** Lists whose conditions can be kept (`screens.md 1.3`). */
export const viewedLists = ['applications', 'members'] as const;
export type ViewedList = (typeof viewedLists)[number];
