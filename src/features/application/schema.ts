import { storedFileInput } from '#platform/files/stored-file.ts';
import { z } from 'zod';
import {
  choiceInput,
  dayInput,
  foldedNumberInput,
  idInput,
  listInput,
  telInput,
  textInput,
  tickInput,
  versionInput,
} from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { fieldNames } from './messages.ts';

/** Inputs of the application feature: pages, API and CSV use the same. */

const associationId = z.coerce.number().int().min(0).max(99_999);

/** Step 1 of 入会届 (`screens.md D-08`). `ticked` are the associations chosen, lowest to highest in any order. */
export const selectionInput = z.object({
  way: z.enum(['workplace', 'association']).default('association'),
  prefecture: z
    .string()
    .regex(/^(\d{2})?$/)
    .default(''),
  facilityId: z.union([z.literal(''), idInput]).default(''),
  lowestAssociationId: z.coerce
    .number({ error: '医師会を選択してください' })
    .int({ error: '医師会を選択してください' })
    .min(1, { error: '医師会を選択してください' })
    .max(99_999),
  direct: tickInput,
  ticked: listInput(associationId, 4),
  /** Category ids by association code, 5 digits. */
  categories: z.record(z.string().regex(/^\d{1,5}$/), z.string().max(12)).default({}),
});

/** Name of the category field of an association, in the form and in its errors. */
export function categoryField(id: number): string {
  return String(id).padStart(5, '0');
}

export type SelectionInput = z.infer<typeof selectionInput>;

export const choiceSchema = z.object({ associationId: z.int(), categoryId: z.int() });

export type Choice = z.infer<typeof choiceSchema>;

/** The fields of step 2 besides the wish, the same for every kind that asks for a workplace. */
export const workplaceFields = {
  facilityId: z.union([z.literal(''), idInput]).default(''),
  facilityName: textInput('★未定、もしくは上記に登録のない施設名', { max: 60 }),
  facilityUndecided: tickInput,
  facilityAddress: textInput('住所', { max: 120 }),
  facilityTel: telInput('TEL'),
  facilityOwnerType: choiceInput('開設主体'),
  facilityBeds: foldedNumberInput('許可病床数', { max: 5000 }),
  workCode: choiceInput('施設・業務', { required: true }),
  positionCode: choiceInput('役職', { required: true }),
  positionText: textInput('役職(その他)', { max: 30 }),
  designations: listInput(choiceInput('指定医'), 20),
  designationText: textInput('指定医(その他)', { max: 30 }),
  note: textInput('連絡事項', { max: 500, multiline: true }),
};

type Workplace = { facilityId: string; facilityName: string; facilityUndecided: boolean; keepFacility?: boolean };

/** One of facility, typed name and 未定 is there. */
export function namesWorkplace(details: Workplace): boolean {
  return details.keepFacility === true || details.facilityId !== '' || details.facilityName !== '' || details.facilityUndecided;
}

/** その他 among 指定医 has its text. */
export function namesDesignation(details: { designations: readonly string[]; designationText: string }): boolean {
  return !details.designations.includes('99') || details.designationText !== '';
}

// Asked even where other fields are wrong: a form names all its faults at once.
export const workplaceFault = { path: ['facilityId'], message: '所属施設を入力してください', when: () => true };
export const designationFault = { path: ['designationText'], message: '入力してください', when: () => true };

/** Step 2 of 入会届: checked and converted. */
export const detailsInput = z
  .object({ wishedOn: dayInput('入会希望年月日', { required: true }), ...workplaceFields })
  .refine(namesWorkplace, workplaceFault)
  .refine(namesDesignation, designationFault);

export type Details = z.infer<typeof detailsInput>;

const rawText = z.string().max(2000, { error: '2,000文字以内で入力してください' });

/** Step 2 exactly as typed, kept by a draft even where it would not pass. */
export const rawDetails = z.record(z.string().max(40), z.union([rawText, z.array(rawText).max(40), z.boolean()]));

export type RawDetails = z.infer<typeof rawDetails>;

/** What `application.form` holds for a join. */
export const joinForm = z.object({
  way: z.enum(['workplace', 'association']),
  prefecture: z.string().default(''),
  lowestAssociationId: z.int(),
  direct: z.boolean(),
  /** Lowest first. */
  choices: z.array(choiceSchema).min(1).max(4),
  details: rawDetails.default({}),
});

export type JoinForm = z.infer<typeof joinForm>;

export const applicationIdInput = z.object({ id: idInput });
export const versionedInput = z.object({ id: idInput, version: versionInput });

/** 入会届 may follow a 異動届 without destination (`rules.md 3.6`); '' and 'none' follow nothing. */
export const submitJoinInput = versionedInput.extend({ followsId: z.union([z.literal(''), z.literal('none'), idInput]).default('') });

export const chooseInput = selectionInput.extend({
  id: z.union([z.literal(''), idInput]).default(''),
  version: versionInput.optional(),
  /** False for 一時保存する: categories may still be missing. */
  complete: z.boolean().default(true),
});
/** Step 1 of 退会届: ticks of one affiliation, and per shared upper association where it goes on ('end': nowhere). */
export const saveWithdrawalInput = z.object({
  id: z.union([z.literal(''), idInput]).default(''),
  version: versionInput.optional(),
  leave: listInput(associationId, 40),
  moves: z.record(z.string().regex(/^\d{1,5}$/), z.union([z.literal(''), z.literal('end'), idInput])).default({}),
  details: rawDetails,
  complete: z.boolean(),
});
export const saveDetailsInput = versionedInput.extend({ details: rawDetails, complete: z.boolean() });

const message = (required: boolean) => textInput('審査時連絡メッセージ', { max: 1000, required, multiline: true });

/** `withoutMail`: the applicant is not told (M-11 only where the office wishes, `screens.md O-06`). */
export const receiveInput = versionedInput.extend({ licenceSeen: tickInput, withoutMail: tickInput });
export const approveInput = versionedInput.extend({
  /** 入会日, 退会日 or 異動日 as typed; the command reads it in the words of the step. */
  decidedOn: z.string().trim().max(40).default(''),
  /** None where a membership ends. */
  categoryId: z
    .union([
      z.literal('').transform(() => undefined),
      z.coerce.number({ error: messages.sel('会員区分') }).int({ error: messages.sel('会員区分') }),
    ])
    .optional(),
  gapReason: textInput('空き期間・重複の理由', { max: 200 }),
  boardNote: textInput('理事会名・議事番号', { max: 50 }),
  message: message(false),
  confirmed: tickInput,
  licenceSeen: tickInput,
});

const fieldRequest = z.object({ field: z.string().max(40), comment: textInput('修正内容', { max: 200 }) });

export const returnInput = versionedInput.extend({
  reasons: listInput(choiceInput('差戻し理由'), 10).refine((list) => list.length > 0, { message: messages.sel('差戻し理由') }),
  fields: z.array(fieldRequest).max(40).default([]),
  message: message(true),
});
export const rejectInput = versionedInput.extend({ reason: choiceInput('非承認理由', { required: true }), message: message(true) });
export const cancelInput = versionedInput.extend({
  reason: choiceInput('取消理由', { required: true }),
  note: textInput(fieldNames.cancelNote, { max: 200 }),
});
export const revokeInput = versionedInput.extend({ reason: textInput('承認取消の理由', { max: 200, required: true }) });
export const revokeLeaveInput = versionedInput.extend({
  reason: choiceInput('退会取消理由', { required: true }),
  note: textInput('根拠', { max: 200, required: true }),
});
export const retractInput = versionedInput.extend({
  reason: choiceInput(fieldNames.retractReason, { required: true }),
  note: textInput(fieldNames.retractNote, { max: 200 }),
});
/** Code of one row of 提出書類. */
export const paperCodeInput = z.string().min(1).max(30);

/** At most ten files a row of 提出書類 and on one message (`screens.md 1.2`). */
export const mostFilesARow = 10;

export const messageInput = z.object({
  id: idInput,
  body: message(true),
  files: z.array(storedFileInput).max(mostFilesARow).default([]),
});
export const originalsInput = versionedInput.extend({ kinds: listInput(paperCodeInput, 60) });
/** 担当者: nobody is ''; `seen` is the one whom the page showed. */
export const assignInput = z.object({
  id: idInput,
  staffId: z.union([z.literal(''), idInput]).default(''),
  seen: z.union([z.literal(''), idInput]).default(''),
});
export const memoInput = z.object({
  id: idInput,
  body: textInput('事務局メモ', { max: 2000, required: true, multiline: true }),
  ownOfficeOnly: tickInput,
});
export const attentionInput = versionedInput.extend({ attention: z.enum(['on', 'off']), reason: textInput('要注意の理由', { max: 200 }) });
