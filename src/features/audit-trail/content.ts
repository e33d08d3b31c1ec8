import { isDay } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { infoLabelOf } from '#features/association/info-fields.ts';
import { settingLabelOf } from '#features/association/settings-fields.ts';
import type { ShownChange } from '#features/person/schema.ts';
import { z } from 'zod';
import {
  absentValue,
  changeArrow,
  codedKeys,
  contentJoint,
  contentLabels,
  listedLabels,
  no,
  valueLabels,
  wordJoint,
  yes,
} from './labels.ts';

/** What an act of the audit left behind, in words (`screens.md O-18`): only what has a head is for people. */

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const details = z.record(z.string(), z.unknown());

function valueText(key: string, value: unknown): string | undefined {
  const known = scalar.safeParse(value);
  if (!known.success) return undefined;
  if (known.data === null) return '';
  if (typeof known.data === 'boolean') return known.data ? yes : no;
  const text = String(known.data);
  if (codedKeys.has(key)) return valueLabels[text];
  return isDay(text) ? formatDayPlain(text) : text;
}

/** A value, or the former and the new one. */
function changeText(key: string, value: unknown): string | undefined {
  if (!Array.isArray(value)) return valueText(key, value);
  const texts = value.map((one) => valueText(key, one));
  if (texts.length !== 2 || texts.some((text) => text === undefined)) return undefined;
  return texts.map((text) => (text === '' ? absentValue : text)).join(changeArrow);
}

const codes = z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]);

/** What was changed, where only that is kept: 「変更した項目:会長名・TEL」. */
function listedText(detail: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(listedLabels).flatMap(([key, label]) => {
    const words = (codes.safeParse(detail[key]).data ?? []).flatMap((code) => infoLabelOf(code) ?? settingLabelOf(code) ?? []);
    return words.length === 0 ? [] : [`${label}:${words.join(wordJoint)}`];
  });
}

function profileText({ label, before, after }: ShownChange): string {
  return `${label}:${before === '' ? absentValue : before}${changeArrow}${after === '' ? absentValue : after}`;
}

/**
 * 「権限:スタッフ → 管理者、有効期間:2026/12/31」; empty when the act left nothing for people. `profile`: what was changed of a doctor;
 * `said`: what 対象 says already.
 */
export function contentText(
  detail: unknown,
  { profile = [], said = '' }: { profile?: readonly ShownChange[]; said?: string } = {},
): string {
  const known = details.safeParse(detail);
  if (!known.success) return '';
  const own = Object.entries(contentLabels).flatMap(([key, label]) => {
    const text = changeText(key, known.data[key]);
    return text === undefined || text === '' || text === said ? [] : [`${label}:${text}`];
  });
  return [...profile.map(profileText), ...own, ...listedText(known.data)].join(contentJoint);
}

/** The change of a doctor's data that an act has made, by its number. */
export function changedProfile(detail: unknown): string | undefined {
  return z.object({ change: z.uuid() }).safeParse(detail).data?.change;
}

/** The reason that was given for an act, if one was. */
export function reasonText(detail: unknown): string {
  const known = z.object({ reason: z.string() }).safeParse(detail);
  return known.success ? known.data.reason : '';
}
