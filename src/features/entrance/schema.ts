import { isDay } from '#kernel/day.ts';
import { dayInput, mailInput, requiredDayInput, textInput, tickInput } from '#kernel/input.ts';
import { isLicenceNumber, licenceFlaw, parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { consents, letterKinds, letterTexts, purposes } from './labels.ts';
import { texts } from './messages.ts';

/** nothing is registered without consent. */
export const consentInput = z.object({ agree: tickInput.refine((ticked) => ticked, { message: texts.agree }) });

const mailLimit = 100;

/** the address twice. */
export const mailPairInput = z
  .object({ mail: mailInput('メールアドレス', { required: true }), mailRepeat: mailInput('メールアドレス(確認)', { required: true }) })
  .superRefine(({ mail, mailRepeat }, step) => {
    if (mail.length > mailLimit) step.addIssue({ code: 'custom', path: ['mail'], message: messages.max('メールアドレス', mailLimit) });
    if (mailRepeat !== '' && mail.toLowerCase() !== mailRepeat.toLowerCase()) {
      step.addIssue({ code: 'custom', path: ['mailRepeat'], message: texts.same });
    }
  });

/** What a person has agreed to. */
export const agreedInput = z.object({ terms: z.int().min(1), privacy: z.int().min(1) });
export type Agreed = z.infer<typeof agreedInput>;

/** A-12 with 2段階認証: as typed, in any width, with spaces. */
export const resetCodeInput = z.object({
  code: textInput('確認コード', { required: true, max: 40 }).transform((text) => text.normalize('NFKC').replaceAll(/\s/g, '')),
});

/** A-10 step 1. */
export const birthInput = z.object({ birthOn: requiredDayInput('生年月日') });

/** A licence number as typed: 第…号, full width, spaces; '' only when it is none and that has been said. */
const licenceInput = textInput('医籍登録番号', { required: true, max: 20 }).transform((text, step) => {
  const number = parseLicenceInput(text);
  if (number === undefined && text !== '') step.issues.push({ code: 'custom', input: text, message: licenceFlaw('医籍登録番号', text) });
  return isLicenceNumber(number) ? number : '';
});

const codeLabel = '書状のコード';

/** A-11, with the code of letter L-02. */
export const letterCodeInput = z.object({
  licenceNumber: licenceInput,
  birthOn: requiredDayInput('生年月日'),
  letterCode: textInput(codeLabel, { required: true, max: 60 }),
});

/** The facts of P-03 that must all be right, and why somebody looks (`screens.md 6`). */
export const letterInput = z
  .object({
    kind: z.enum(letterKinds, { error: messages.sel(letterTexts.kind) }),
    licenceNumber: licenceInput,
    surname: textInput('姓', { required: true, max: 32 }),
    givenName: textInput('名', { required: true, max: 32 }),
    birthOn: requiredDayInput('生年月日'),
    purpose: z.enum(purposes, { error: messages.sel(letterTexts.purpose) }),
    purposeNote: textInput(letterTexts.purposeNote, { max: 100 }),
    consent: tickInput,
    consentHow: z.enum(['', ...consents], { error: messages.sel(letterTexts.consentHow) }).default(''),
    consentOn: dayInput(letterTexts.consentOn, { required: false }),
  })
  .superRefine(({ kind, purpose, consent, consentHow, consentOn }, step) => {
    const wrong = (name: string, message: string) => step.addIssue({ code: 'custom', path: [name], message });
    if (purpose === 'posting') {
      if (kind === 'reset') wrong('purpose', letterTexts.wrongPurpose);
      return;
    }
    if (!consent) wrong('consent', letterTexts.consentMissing);
    if (consentHow === '') wrong('consentHow', messages.sel(letterTexts.consentHow));
    if (consentOn === undefined) wrong('consentOn', messages.req(letterTexts.consentOn));
  });
export type LetterWish = z.infer<typeof letterInput>;

/** Why and by whom a letter is printed; filled in by our own code only. */
export const letterNoteInput = z.object({
  by: z.object({ accountId: z.string(), name: z.string() }),
  purpose: z.string().min(1),
  consent: z.string(),
  consentOn: z.string().refine(isDay).optional(),
});

const idLabel = 'ログインID';

/** A-11, password forgotten: the ID, and one fact that its owner knows: the day of birth, or for staff the address. */
export const forgottenPasswordInput = z
  .object({
    loginId: textInput(idLabel, { required: true, max: 100 }),
    birthOn: dayInput('生年月日', { required: false }),
    mail: mailInput('メールアドレス'),
  })
  .superRefine(({ birthOn, mail }, step) => {
    if (birthOn === undefined && mail === '') step.addIssue({ code: 'custom', path: ['birthOn'], message: texts.birthOrMail });
  });

/** A-11, login ID forgotten. */
export const forgottenIdInput = z.object({
  licenceNumber: licenceInput,
  birthOn: requiredDayInput('生年月日'),
  mail: mailInput('メールアドレス', { required: true }),
});
