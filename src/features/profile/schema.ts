import { messages } from '#kernel/messages.ts';
import { choiceInput, idInput, listInput, requiredDayInput, tickInput } from '#kernel/input.ts';
import { sendToInput } from '#features/own-list/schema.ts';
import { profileChangeInput } from '#features/person/schema.ts';
import { storedFileInput } from '#platform/files/stored-file.ts';
import { z } from 'zod';
import { mostPapers } from './rules.ts';

const singleChoice = z.object({ mailingId: z.coerce.number().int().min(1).max(2_000_000_000), sendTo: sendToInput });

/** D-04: where mail goes; `facility:{affiliation}` names the one of several. */
export const mailingInput = z.object({
  sendTo: z
    .string()
    .default('')
    .refine(
      (text) => text === 'home' || text === 'facility' || (text.startsWith('facility:') && z.uuid().safeParse(text.slice(9)).success),
      {
        message: messages.sel('文書送付先(初期値)'),
      },
    ),
  faxTo: z.enum(['facility', 'home', 'none'], { message: messages.sel('FAX送付先') }),
  mails: listInput(z.enum(['notices', 'training']), 2),
  /** 送付物ごとの送付先; what is not named stays. */
  choices: z.array(singleChoice).max(200).default([]),
  useFormerName: tickInput,
  version: z.coerce.number().int().min(0).max(1_000_000_000).catch(0),
});
export type MailingInput = z.infer<typeof mailingInput>;

/** 送付物 of O-08: the own association's mailings of one member; `seen` is what the form showed. */
export const memberMailingInput = z.object({
  id: idInput,
  choices: z
    .array(singleChoice.extend({ seen: sendToInput }))
    .max(200)
    .default([]),
});

/** 登録する of O-09: the profile, and by whose wish. */
export const proxyProfileInput = profileChangeInput.extend({
  personId: idInput,
  ground: choiceInput('依頼の根拠', { required: true }),
  askedOn: requiredDayInput('依頼日'),
  paperIds: listInput(idInput, mostPapers),
});
export type ProxyProfileInput = z.infer<typeof proxyProfileInput>;

/** Papers on their way between the form and 登録する; `version` of the profile tells one form from the next. */
export const keepPapersInput = z.object({ personId: idInput, files: z.array(storedFileInput).min(1).max(mostPapers) });
export const keptPapersInput = z.object({ personId: idInput, paperIds: listInput(idInput, mostPapers) });

export const paperInput = z.object({ id: idInput, fileId: idInput });
export const historyInput = z.object({
  id: idInput,
  after: z
    .union([z.literal(''), idInput])
    .default('')
    .catch(''),
});
