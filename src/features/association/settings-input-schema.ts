import { compareDays, type Day } from '#kernel/day.ts';
import { foldNumber } from '#kernel/fold-input.ts';
import { foldedNumberInput, idInput, listInput, requiredDayInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { z } from 'zod';
import { paperKinds, twoPersonKinds } from './schema.ts';
import { settingsTexts as texts } from './settings-messages.ts';

/** 環境設定 as a form or another system sends them (`screens.md O-21`): converted first, then checked, errors by field. */

const mostMeetings = 200;
const mostPapers = 60;
const mostDays = 1_095;

function numberInput(label: string, [least, most]: readonly [number, number]) {
  return foldedNumberInput(label, { max: 1_000_000_000 }).transform((count, step): number => {
    if (count !== undefined && count >= least && count <= most) return count;
    step.issues.push({
      code: 'custom',
      message: count === undefined ? messages.req(label) : texts.range(label, least, most),
      input: count,
    });
    return z.NEVER;
  });
}

function oneOf<const T extends readonly [string, ...string[]]>(label: string, values: T) {
  return z.enum(values, { error: messages.sel(label) });
}

function windowInput(label: string) {
  return z.object({ back: numberInput(`${label}(過去)`, [0, mostDays]), ahead: numberInput(`${label}(先)`, [0, mostDays]) }).prefault({});
}

/** 認める / 認めない as radio or as a truth value. */
const allowInput = z
  .union([z.boolean(), z.enum(['yes', 'no'])], { error: messages.sel('上層のみの退会') })
  .transform((value) => value === true || value === 'yes');

/** Days as typed or pasted from a table: one a line, or parted by commas; a head line without any digit is passed over. */
function dayTexts(value: string | readonly string[]): string[] {
  const parts = typeof value === 'string' ? value.split(/[\n,、;\t]+/) : [...value];
  const typed = parts.map((text) => text.trim().replaceAll(/^"|"$/g, '')).filter((text) => text !== '');
  return typed.filter((text, place) => place > 0 || /\d/.test(foldNumber(text)));
}

/** 理事会日程: sorted, each day once. */
export const meetingsInput = z
  .union([z.string(), z.array(z.string()).max(1_000)])
  .default('')
  .transform((value, step): Day[] => {
    const typed = dayTexts(value);
    const days = typed.map((text) => parseDayInput(text));
    const wrong = typed.find((_text, place) => days[place] === undefined);
    const found = [...new Set(days.filter((day) => day !== undefined))].toSorted(compareDays);
    if (wrong !== undefined) step.issues.push({ code: 'custom', message: texts.notADay(wrong), input: value });
    else if (found.length > mostMeetings) step.issues.push({ code: 'custom', message: texts.mostMeetings(mostMeetings), input: value });
    return found;
  });

const paperInput = z.object({
  kind: z.enum(['', ...paperKinds], { error: texts.chooseKind }).default(''),
  title: textInput('提出書類の名称', { max: 40 }),
  required: tickInput,
  note: textInput('提出書類の説明', { max: 100 }),
  /** A form that was kept before (`takePaperForm`). */
  formId: z.union([z.literal(''), idInput], { error: texts.formGone }).default(''),
});

/** Rows without a name are not there; the others keep their row for the messages. */
const papersInput = z
  .array(paperInput)
  .max(mostPapers + 20, { error: texts.mostPapers(mostPapers) })
  .default([])
  .transform((rows, step) => {
    const filled = rows.flatMap(({ kind, ...row }, place) => (row.title === '' ? [] : [{ ...row, kind, place }]));
    const papers = filled.flatMap(({ place, kind, ...row }, index) => {
      const twice = filled.slice(0, index).some((one) => one.kind === kind && one.title === row.title);
      if (twice) step.issues.push({ code: 'custom', path: [place, 'title'], message: texts.paperTwice, input: row.title });
      if (kind !== '') return [{ kind, title: row.title, required: row.required, note: row.note, formId: row.formId }];
      step.issues.push({ code: 'custom', path: [place, 'kind'], message: texts.chooseKind, input: kind });
      return [];
    });
    if (papers.length > mostPapers) step.issues.push({ code: 'custom', message: texts.mostPapers(mostPapers), input: rows.length });
    return papers;
  });

/** Everything about a planned version except which one the user saw. */
export const settingsForm = z.object({
  requiredUpperLayers: oneOf('上層医師会への入会', ['none', 'prefecture', 'all']).default('none'),
  allowUpperOnlyWithdrawal: allowInput.default(true),
  transferOrder: oneOf('異動時の退会の順序', ['parallel', 'leave_first', 'join_first']),
  transferWithdrawal: oneOf('異動時の退会', ['automatic', 'separate']),
  directJoin: tickInput,
  wishWindow: windowInput('希望年月日の範囲'),
  decisionWindow: windowInput('承認日付の範囲'),
  farFuture: oneOf('1年以上先の日付', ['warn', 'block']),
  dateRule: oneOf('入会日の決め方', ['wish', 'boardMeeting', 'firstOfMonth']),
  boardMeetings: meetingsInput,
  requiredDocuments: papersInput,
  autoReceive: tickInput,
  reminderDays: numberInput('督促の日数', [1, 30]),
  acknowledgeDays: numberInput('確認の自動処理', [7, 90]),
  twoPersonDecision: listInput(z.enum(twoPersonKinds), twoPersonKinds.length).transform((kinds) =>
    twoPersonKinds.filter((kind) => kinds.includes(kind)),
  ),
  exportThreshold: numberInput('大きな出力の承認', [1, 1_000_000]),
  startsOn: requiredDayInput('適用開始日'),
  reason: textInput('変更の理由', { max: 200, required: true }),
  /** Read and accepted: a version planned for a later day ends this one. */
  confirmed: tickInput,
});

export type SettingsForm = z.infer<typeof settingsForm>;

/** A planned version with the revision that stood on the screen. */
export const planInput = settingsForm.extend({ version: versionInput });

/** One version by its number, as the address names it. */
export const versionNumberInput = z.coerce.number().int().min(1).max(1_000_000);

export const withdrawInput = z.object({
  number: versionNumberInput,
  version: versionInput,
  reason: textInput('取消の理由', { max: 200, required: true }),
});

/** 毎月第n○曜で作成: what the small form beside the calendar asks. */
export const monthlyInput = z.object({
  nth: numberInput('第何週', [1, 5]),
  on: numberInput('曜日', [0, 6]),
  from: requiredDayInput('作成する最初の日'),
  months: numberInput('月数', [1, 24]),
});
