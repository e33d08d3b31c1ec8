import { choiceInput, dayInput, foldedNumberInput, idInput, listInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import { storedFileInput } from '#platform/files/stored-file.ts';
import { z } from 'zod';
import { conditionFields } from './condition.ts';
import { shownStates } from './flow.ts';
import { noticeTexts as texts } from './messages.ts';

/** Inputs of お知らせ (`screens.md O-16, D-02`). */

export const noticeTargets = ['members', 'condition', 'lowerOffices', 'lowerMembers', 'public', 'allDoctors', 'allOffices'] as const;
export type NoticeTarget = (typeof noticeTargets)[number];

/** What the operations office chooses from (`screens.md P-07`). */
export const announcedTargets = ['allDoctors', 'allOffices', 'public'] as const satisfies readonly NoticeTarget[];

/** Attachments of one notice. */
export const mostFiles = 5;
export const bodyLimit = 5000;

const categoryChoice = (label: string) =>
  choiceInput(label).transform((text) => (text === '' ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : -1));

/** What 一時保存する takes: anything that fits, complete or not. */
export const draftFields = z.object({
  title: textInput(texts.title, { max: 80 }),
  category1: categoryChoice(texts.category1),
  category2: categoryChoice(texts.category2),
  lead: textInput(texts.lead, { max: 200, multiline: true }),
  body: textInput(texts.body, { max: bodyLimit, multiline: true }),
  target: z.union([z.literal(''), z.enum(noticeTargets)]).default(''),
  ...conditionFields,
  startsOn: dayInput(texts.startsOn, { required: false }),
  endsOn: dayInput(texts.endsOn, { required: false }),
  important: tickInput,
  byMail: tickInput,
  mailHour: foldedNumberInput(texts.mailHour, { max: 23 }),
});
export type DraftFields = z.infer<typeof draftFields>;

export const saveInput = draftFields.extend({
  id: idInput.optional(),
  version: versionInput.optional(),
  files: z.array(storedFileInput).max(mostFiles).default([]),
  removed: listInput(idInput, mostFiles),
});

export const noticeIdInput = z.object({ id: idInput });
export const versionedInput = noticeIdInput.extend({ version: versionInput });
export const fileInput = noticeIdInput.extend({ fileId: idInput });

const place = z.union([z.literal(''), idInput]).default('');
const size = z
  .enum(['25', '50', '100'])
  .default('25')
  .transform((text) => Number(text));

/** Conditions of the office's list. */
export const officeListInput = z.object({
  title: textInput(texts.title, { max: 80 }),
  category: categoryChoice('カテゴリ'),
  state: z.union([z.literal(''), z.enum(shownStates)]).default(''),
  sort: z.enum(['', 'period', '-period']).default(''),
  size,
  before: place,
  after: place,
});
export type OfficeFilter = z.infer<typeof officeListInput>;

/** Conditions of the doctor's list (`screens.md D-02`). */
export const readerListInput = z.object({
  category: choiceInput('カテゴリ'),
  from: categoryChoice('発信'),
  since: dayInput('期間(から)', { required: false }),
  until: dayInput('期間(まで)', { required: false }),
  unread: tickInput,
  size,
  before: place,
  after: place,
});
export type ReaderFilter = z.infer<typeof readerListInput>;
