import { isDay } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { z } from 'zod';
import { changeArrow, contentJoint, contentLabels, valueLabels } from './labels.ts';

/** What an act of the audit left behind, in words (`screens.md O-18`): only what has a head is for people. */

const scalar = z.union([z.string(), z.number()]);
const details = z.record(z.string(), z.unknown());

function valueText(value: unknown): string | undefined {
  const known = scalar.safeParse(value);
  if (!known.success) return undefined;
  const text = String(known.data);
  return isDay(text) ? formatDayPlain(text) : (valueLabels[text] ?? text);
}

/** A value, or the former and the new one. */
function changeText(value: unknown): string | undefined {
  if (!Array.isArray(value)) return valueText(value);
  const texts = value.map(valueText);
  return texts.length === 2 && texts.every((text) => text !== undefined) ? texts.join(changeArrow) : undefined;
}

/** 「権限:スタッフ → 管理者、有効期間:2026/12/31」; empty when the act left nothing for people. */
export function contentText(detail: unknown): string {
  const known = details.safeParse(detail);
  if (!known.success) return '';
  return Object.entries(contentLabels)
    .flatMap(([key, label]) => {
      const text = changeText(known.data[key]);
      return text === undefined || text === '' ? [] : [`${label}:${text}`];
    })
    .join(contentJoint);
}

/** The reason that was given for an act, if one was. */
export function reasonText(detail: unknown): string {
  const known = z.object({ reason: z.string() }).safeParse(detail);
  return known.success ? known.data.reason : '';
}
