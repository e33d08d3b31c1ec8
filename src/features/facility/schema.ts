import { z } from 'zod';
import { choiceInput, foldedNumberInput, kanaInput, postInput, telInput, textInput } from '#kernel/input.ts';
import { facilityNames as names } from './fields.ts';

/** 医療機関コード: ten digits (prefecture, table of points, institution); full-width digits and hyphens are folded. */
export const institutionCodeInput = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFKC').replaceAll(/[\s-]/g, ''))
  .refine((text) => /^(\d{10})?$/.test(text), { error: `${names.institutionCode}は10桁の数字で入力してください` });

/** A facility as an office types it (`screens.md O-14`); whether the codes exist is the command's question. */
export const facilityContentInput = z.object({
  name: textInput(names.name, { required: true, max: 60 }),
  kana: kanaInput(names.kana, { required: true, max: 120 }),
  commonName: textInput(names.commonName, { max: 60 }),
  institutionCode: institutionCodeInput,
  postalCode: postInput(names.postalCode, { required: false }),
  prefectureCode: choiceInput(names.prefectureCode, { required: true }),
  address: textInput(names.address, { required: true, max: 120 }),
  tel: telInput(names.tel),
  fax: telInput(names.fax),
  ownerType: choiceInput(names.ownerType, { required: true }),
  beds: foldedNumberInput(names.beds, { max: 5000 }).transform((count) => (count === undefined || count === 0 ? '' : String(count))),
  attached: textInput(names.attached, { max: 60 }),
});
