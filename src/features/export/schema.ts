import { z } from 'zod';
import { choiceInput, dayInput, idInput, listInput, requiredDayInput, textInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { labelSheets } from './fields.ts';
import { shownStates } from './flow.ts';
import { exportTexts } from './messages.ts';

/** Inputs of データ出力 (`screens.md O-23`). */

const listName = z.string().regex(/^[a-zA-Z]{1,40}$/);
const conditions = z.string().max(2_000).default('');

/** The list as its page has asked for it, or an earlier export that is to be made again. */
export const newExportInput = z.object({
  list: listName.or(z.literal('')).default(''),
  conditions,
  from: z.union([z.literal(''), idInput]).default(''),
});

/** 送付物 of the labels; empty for 文書送付先(初期値). */
const mailingChoice = z
  .string()
  .default('')
  .transform((text) => (text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : -1));

/** E05 tells a facility, E09 is anything else: both want a word more. */
export const providing = 'E05';
export const otherPurpose = 'E09';

export const makeExportInput = z
  .object({
    list: listName,
    conditions,
    purpose: choiceInput('目的', { required: true }),
    purposeText: textInput(exportTexts.purposeText, { max: 100 }),
    recipient: textInput(exportTexts.recipient, { max: 60 }),
    columns: listInput(z.string().regex(/^[a-zA-Z0-9]{1,40}$/), 100),
    sensitiveReason: textInput(exportTexts.sensitiveReason, { max: 200 }),
    baseOn: requiredDayInput(exportTexts.baseOn),
    encoding: z.enum(['utf8', 'cp932', 'xlsx', 'label'], { error: '形式を選択してください' }),
    labelSheet: z.enum(labelSheets).catch(labelSheets[0]).default(labelSheets[0]),
    mailing: mailingChoice,
    unmappedWay: z.enum(['refuse', 'substitute']).catch('refuse').default('refuse'),
    numbered: tickInput,
    deleteBy: requiredDayInput(exportTexts.deleteBy),
  })
  .superRefine((input, step) => {
    const missing = (path: string, label: string) => step.addIssue({ code: 'custom', path: [path], message: `${label}を入力してください` });
    if (input.encoding !== 'label' && input.columns.length === 0)
      step.addIssue({ code: 'custom', path: ['columns'], message: exportTexts.chooseColumns });
    if (input.purpose === otherPurpose && input.purposeText === '') missing('purposeText', exportTexts.purposeText);
    if (input.purpose === providing && input.recipient === '') missing('recipient', exportTexts.recipient);
  });

export const exportIdInput = z.object({ id: idInput });
export const answerInput = exportIdInput.extend({ reason: textInput('理由', { max: 200 }) });
export const fetchInput = exportIdInput.extend({ reason: textInput('理由', { max: 200 }) });
export const deletedInput = exportIdInput.extend({ deletedOn: requiredDayInput('削除した日'), deleted: tickInput });

const place = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

/** Conditions of the list; `from` and `to` are days of 日時. */
export const exportListInput = z
  .object({
    state: choiceInput('状態').transform((text) => shownStates.find((one) => one === text)),
    purpose: choiceInput('目的'),
    actor: textInput('作成者', { max: 60 }),
    from: dayInput('期間(開始)', { required: false }),
    to: dayInput('期間(終了)', { required: false }),
    size: z.string().optional().transform(pageSizeOf),
    before: place,
    after: place,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'], error: messages.order() });
export type ExportFilter = z.infer<typeof exportListInput>;
