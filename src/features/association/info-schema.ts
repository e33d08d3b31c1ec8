import { checkPost } from '#kernel/checks.ts';
import { foldPost } from '#kernel/fold-input.ts';
import { idInput, kanaInput, mailInput, requiredDayInput, telInput, textInput } from '#kernel/input.ts';
import { z } from 'zod';
import { infoNames as names } from './info-fields.ts';
import { infoTexts as texts } from './info-messages.ts';

/** Inputs of 医師会情報 (`screens.md O-19`). */

const postal = z
  .string()
  .default('')
  .transform((text, step) => {
    const folded = foldPost(text);
    if (folded !== '' && checkPost(folded) !== undefined) step.issues.push({ code: 'custom', message: texts.postal, input: text });
    return folded;
  });

const website = textInput(names.website, { max: 200 }).refine((text) => text === '' || /^https?:\/\/[^\s]+$/.test(text), {
  error: texts.website,
});

const versionNumber = z.coerce.number().int().min(0).max(100_000);

export const infoInput = z.object({
  version: versionNumber,
  /** The version that the form was filled with; without it the one in force on 適用日. */
  base: versionNumber.optional(),
  presidentName: textInput(names.presidentName, { max: 40 }),
  postalCode: postal,
  address: textInput(names.address, { max: 120 }),
  tel: telInput(names.tel),
  fax: telInput(names.fax),
  mail: mailInput(names.mail),
  officeHours: textInput(names.officeHours, { max: 60 }),
  website,
  joinGuide: textInput(names.joinGuide, { max: 1000, multiline: true }),
  way: z.enum(['direct', 'office'], { error: texts.chooseWay }),
  signerTitle: textInput(names.signerTitle, { required: true, max: 20 }),
  signerName: textInput(names.signerName, { max: 40 }),
  sealId: z.union([z.literal(''), idInput]).default(''),
  breachMail: mailInput(names.breachMail),
  startsOn: requiredDayInput(names.startsOn),
});

export type InfoForm = z.infer<typeof infoInput>;

export const nameRequestInput = z.object({
  name: textInput(names.name, { required: true, max: 60 }),
  kana: kanaInput(names.kana, { required: true, max: 60 }),
  startsOn: requiredDayInput(names.startsOn),
  reason: textInput(names.reason, { required: true, max: 200 }),
});
