import { choiceInput, dayInput, idInput, kanaInput, mailInput, requiredDayInput, textInput, tickInput } from '#kernel/input.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { mostSheetBytes } from '#platform/sheet/messages.ts';
import { z } from 'zod';
import { isAssociationKind, isChecked, isFormChangeKind, isMasterState, masterNames as names } from './master-fields.ts';
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

/** A choice of the filter; what is none of the choices narrows nothing. */
function oneOf<T extends string>(isOne: (text: string) => text is T) {
  return z
    .string()
    .default('')
    .catch('')
    .transform((text) => (isOne(text) ? text : undefined));
}

const conditions = {
  q: textInput(names.search, { max: 60 }),
  layer: z
    .string()
    .default('')
    .catch('')
    .transform((text) => (/^[1-4]$/.test(text) ? Number(text) : undefined)),
  kind: oneOf(isAssociationKind),
  prefecture: oneOf((text): text is string => /^\d{2}$/.test(text)),
  state: oneOf(isMasterState),
  checked: oneOf(isChecked),
};

/** What CSVダウンロード takes over from the list; with `columns=admins` the columns for new associations stand there, empty. */
export const masterSheetInput = z.object({ ...conditions, columns: oneOf((text): text is 'admins' => text === 'admins') });

export const masterListInput = z.object({
  ...conditions,
  on: dayInput(names.on, { required: false }),
  sort: oneOf((text): text is '-code' => text === '-code'),
  view: oneOf((text): text is 'tree' => text === 'tree'),
  size: z.string().optional().catch(undefined).transform(pageSizeOf),
  before: key,
  after: key,
});

export type MasterFilter = z.infer<typeof masterListInput>;

const kind = choiceInput(names.kind, { required: true }).refine(isAssociationKind, { error: messages.sel(names.kind) });

/** 初期管理者, who gets M-30 (`screens.md J-02`). */
export const adminFields = {
  surname: textInput('姓', { max: 32, required: true }),
  givenName: textInput('名', { max: 32, required: true }),
  surnameKana: kanaInput('セイ(フリガナ)', { max: 64, required: true }),
  givenNameKana: kanaInput('メイ(フリガナ)', { max: 64, required: true }),
  adminMail: mailInput(names.adminMail, { required: true }),
};

/** 招待する for an association without a 管理者. */
export const firstAdminInput = z.object({ code: z.string().max(20), ...adminFields });

/** 予約を取り消す of a new association, before its 設立日. */
export const withdrawOpeningInput = z.object({
  code: z.string().max(20),
  withdrawalReason: textInput(names.withdrawalReason, { required: true, max: 200 }),
});

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
  kind: choiceInput(names.change, { required: true }).refine(isFormChangeKind, { error: messages.sel(names.change) }),
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
  carriesStaff: tickInput,
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

/** One file holds at most so many associations (`screens.md J-02`). */
export const mostBatchRows = 5_000;

/** New associations of one file: each is opened with its settings, categories and 初期管理者 within the one reservation. */
export const mostOpenings = 200;

export const checkBatchInput = z.object({ text: z.string().max(mostSheetBytes) });

export const proposeBatchInput = checkBatchInput.extend({ reason: textInput(names.reason, { required: true, max: 200 }) });

export const dueBatchInput = z.object({ id: idInput, startsOn: requiredDayInput(names.startsOn) });
