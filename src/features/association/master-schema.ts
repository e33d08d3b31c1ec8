import { choiceInput, dayInput, idInput, kanaInput, mailInput, requiredDayInput, textInput } from '#kernel/input.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { isAssociationKind, isChangeKind, masterNames as names } from './master-fields.ts';
import { messages } from '#kernel/messages.ts';
import { masterTexts as texts } from './master-messages.ts';

/** Inputs of 医師会マスタ (`screens.md J-02`). */

const codeOf = (label: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.trim())
    .refine((text) => /^\d{5}$/.test(text), { error: texts.codeShape(label) });

/** A code of an address that is none finds nothing. */
export const codeInput = z.object({
  code: z
    .string()
    .regex(/^\d{5}$/)
    .catch(''),
});

const key = z
  .string()
  .default('')
  .catch('')
  .transform((text) => (/^\d{5}$/.test(text) ? text : ''));

export const masterListInput = z.object({
  q: textInput(names.search, { max: 60 }),
  layer: z
    .string()
    .default('')
    .catch('')
    .transform((text) => (/^[1-4]$/.test(text) ? Number(text) : undefined)),
  on: dayInput(names.on, { required: false }),
  size: z.string().optional().catch(undefined).transform(pageSizeOf),
  before: key,
  after: key,
});

export type MasterFilter = z.infer<typeof masterListInput>;

const kind = choiceInput(names.kind, { required: true }).refine(isAssociationKind, { error: messages.sel(names.kind) });

/** 初期管理者, who gets M-30 (`screens.md J-02`). */
const adminFields = {
  surname: textInput('姓', { max: 32, required: true }),
  givenName: textInput('名', { max: 32, required: true }),
  surnameKana: kanaInput('セイ(フリガナ)', { max: 64, required: true }),
  givenNameKana: kanaInput('メイ(フリガナ)', { max: 64, required: true }),
  adminMail: mailInput(names.adminMail, { required: true }),
};

/** 招待する for an association without a 管理者. */
export const firstAdminInput = z.object({ code: z.string().max(20), ...adminFields });

export const openInput = z.object({
  ...adminFields,
  code: codeOf(names.code),
  name: textInput(names.name, { required: true, max: 60 }),
  kana: kanaInput(names.kana, { required: true, max: 60 }),
  layer: z
    .string({ error: messages.sel(names.layer) })
    .refine((text) => /^[2-4]$/.test(text), { error: messages.sel(names.layer) })
    .transform(Number),
  parentCode: codeOf(names.parentCode),
  kind,
  prefectureCode: choiceInput(names.prefecture, { required: true }),
  opensOn: requiredDayInput(names.opensOn),
});

export const proposeInput = z.object({
  code: z.string().max(20),
  kind: choiceInput(names.change, { required: true }).refine(isChangeKind, { error: messages.sel(names.change) }),
  name: textInput(names.name, { max: 60 }),
  kana: kanaInput(names.kana, { max: 60 }),
  parentCode: z
    .string()
    .default('')
    .transform((text) => text.trim()),
  targetCode: z
    .string()
    .default('')
    .transform((text) => text.trim()),
  splitRule: choiceInput(names.splitRule),
  splitText: textInput(names.splitText, { max: 60_000, multiline: true }),
  /** Ids of categories of the other association by `c` + id of the own one. */
  categories: z.record(z.string().regex(/^c\d{1,9}$/), z.string().max(12)).default({}),
  startsOn: requiredDayInput(names.startsOn),
  reason: textInput(names.reason, { required: true, max: 200 }),
});

export type ProposeForm = z.infer<typeof proposeInput>;

export const changeIdInput = z.object({ id: idInput });

export const answerInput = z.object({
  id: idInput,
  decision: z.enum(['accept', 'decline'], { error: messages.sel(names.answer) }),
  answer: textInput(names.answer, { max: 200 }),
});
