import { storedFileInput } from '#platform/files/stored-file.ts';
import { isId } from '#kernel/id.ts';
import { choiceInput, dayInput, idInput, kanaInput, listInput, mailInput, textInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { deskKinds, deskSections, inquiryKinds, mostFiles } from './fields.ts';
import { inquiryFlow } from './flow.ts';
import { inquiryTexts as texts } from './messages.ts';

/** Inputs of お問合せ (`screens.md A-15, D-15, O-26, P-05`). */

const kind = z.enum(inquiryKinds, { error: messages.sel(texts.kind) });

/** An association from the search field; what is no number is none of them. */
const associationInput = choiceInput(texts.association).transform((text) =>
  text === '' ? undefined : /^\d{1,6}$/.test(text) ? Number(text) : -1,
);

const body = textInput(texts.body, { required: true, max: 2000, multiline: true });
const fileIds = listInput(idInput, mostFiles);

/** What somebody with a login asks; `batch` is the form, and binds the files that were sent with it. */
export const askInput = z.object({
  kind,
  applicationId: choiceInput(texts.application),
  applicationNumber: textInput(texts.applicationNumber, { max: 20 }),
  associationId: associationInput,
  body,
  batch: idInput,
  fileIds,
});

/** What anybody asks. */
export const contactInput = z.object({
  kind,
  name: textInput(texts.name, { required: true, max: 40 }),
  kana: kanaInput(texts.kana, { required: true, max: 60 }),
  mail: mailInput(texts.mail, { required: true }),
  associationId: associationInput,
  body,
  batch: idInput,
  fileIds,
});

/** Files that have been inspected; filled in by our own code only. */
export const keepFilesInput = z.object({ batch: idInput, files: z.array(storedFileInput).min(1).max(mostFiles) });
export const keptFilesInput = z.object({ batch: idInput, fileIds });

export const inquiryIdInput = z.object({ id: idInput });
export const fileInput = z.object({ id: idInput, fileId: idInput });

export const replyInput = z.object({
  id: idInput,
  version: versionInput,
  body: textInput(texts.reply, { required: true, max: 2000, multiline: true }),
});

export const settleInput = z.object({ id: idInput, version: versionInput });

const deskCodes = ['operations', 'holder', 'office', ...deskSections] as const;

export const passInput = z.object({
  id: idInput,
  version: versionInput,
  to: z.enum(deskCodes, { error: texts.chooseDesk }),
  associationId: associationInput,
  reason: textInput(texts.reason, { required: true, max: 200 }),
});

const place = z
  .string()
  .default('')
  .transform((text) => (isId(text) ? text : ''));

const filters = {
  state: choiceInput('状況').transform((text) => (inquiryFlow.isState(text) ? text : undefined)),
  kind: choiceInput(texts.kind).transform((text) => deskKinds.find((one) => one === text)),
  from: dayInput('期間(開始)', { required: false }),
  to: dayInput('期間(終了)', { required: false }),
  size: z.string().optional().transform(pageSizeOf),
  before: place,
  after: place,
};

function inOrder(range: { from?: string | undefined; to?: string | undefined }): boolean {
  return range.from === undefined || range.to === undefined || range.from <= range.to;
}

/** Conditions of one's own questions. */
export const ownListInput = z.object(filters).refine(inOrder, { path: ['to'], error: messages.order() });

/** Conditions of an inbox: `view` says whether only what is open, oldest first, or all, newest first. */
export const inboxInput = z
  .object({
    ...filters,
    view: z.enum(['open', 'all']).catch('open').default('open'),
    section: choiceInput(texts.desk).transform((text) => deskSections.find((one) => one === text)),
  })
  .refine(inOrder, { path: ['to'], error: messages.order() });

export type ListFilter = z.infer<typeof ownListInput>;
