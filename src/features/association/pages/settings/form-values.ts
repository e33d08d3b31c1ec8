import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { textOf } from '#ui/fields/formState.tsx';
import type { AssociationSettings } from '../../schema.ts';

/** 環境設定 as the fields of its form, by name; a box without a value is not ticked. */

export type SettingsValues = Readonly<Record<string, string | readonly string[]>>;

const emptyRows = 2;

function paperValues(papers: AssociationSettings['requiredDocuments']): SettingsValues {
  const rows = papers.map(({ kind, title, required, note, form }, place) => {
    const name = `requiredDocuments.${place}`;
    return {
      [`${name}.kind`]: kind,
      [`${name}.title`]: title,
      [`${name}.note`]: note,
      ...(required ? { [`${name}.required`]: '1' } : {}),
      ...(form === undefined ? {} : { [`${name}.formId`]: form.id, [`${name}.formName`]: form.name }),
    };
  });
  return rows.reduce<SettingsValues>((all, row) => ({ ...all, ...row }), {});
}

/** The form filled with a version; day and reason are always new. */
export function settingsValues(settings: AssociationSettings): SettingsValues {
  return {
    requiredUpperLayers: settings.requiredUpperLayers,
    allowUpperOnlyWithdrawal: settings.allowUpperOnlyWithdrawal ? 'yes' : 'no',
    transferOrder: settings.transferOrder,
    transferWithdrawal: settings.transferWithdrawal,
    ...(settings.directJoin ? { directJoin: '1' } : {}),
    'wishWindow.back': String(settings.wishWindow.back),
    'wishWindow.ahead': String(settings.wishWindow.ahead),
    'decisionWindow.back': String(settings.decisionWindow.back),
    'decisionWindow.ahead': String(settings.decisionWindow.ahead),
    farFuture: settings.farFuture,
    dateRule: settings.dateRule,
    boardMeetings: settings.boardMeetings.map((on) => (isDay(on) ? formatDayPlain(on) : on)).join('\n'),
    ...paperValues(settings.requiredDocuments),
    ...(settings.autoReceive ? { autoReceive: '1' } : {}),
    reminderDays: String(settings.reminderDays),
    acknowledgeDays: String(settings.acknowledgeDays),
    twoPersonDecision: settings.twoPersonDecision,
    exportThreshold: String(settings.exportThreshold),
    'monthly.months': '12',
  };
}

/** Further days of 理事会日程 below those that are typed. */
export function withMeetings(values: SettingsValues, days: readonly Day[]): SettingsValues {
  const typed = (textOf(values['boardMeetings']) ?? '').trim();
  return { ...values, boardMeetings: [typed, ...days.map((day) => formatDayPlain(day))].filter((text) => text !== '').join('\n') };
}

/** Rows of 提出書類 to show: all that hold something and two to write in, never fewer than before. `more`: further ones that were asked for. */
export function paperRows(values: SettingsValues, more = 0): number {
  const used = Object.entries(values).flatMap(([name, value]) => {
    const place = /^requiredDocuments\.(\d+)\.(?:title|formId)$/.exec(name)?.[1];
    return place === undefined || value === '' ? [] : [Number(place) + 1];
  });
  const before = /^\d{1,2}$/.exec(textOf(values['rows']) ?? '')?.[0] ?? '0';
  return Math.max(Math.max(0, ...used) + emptyRows, Number(before)) + more;
}

/** The form kept for a row of 提出書類, if there is one. */
export function formOfRow(values: SettingsValues, place: number): { id: string; name: string } | undefined {
  const id = textOf(values[`requiredDocuments.${place}.formId`]) ?? '';
  return id === '' ? undefined : { id, name: textOf(values[`requiredDocuments.${place}.formName`]) ?? '' };
}

const ofTheForm = ['intent', 'idempotencyKey', 'version', 'hat', 'confirmed', 'answer'];

/** What the confirm page carries on, as hidden fields. */
export function carried(values: SettingsValues): { name: string; value: string }[] {
  return Object.entries(values)
    .filter(([name]) => !ofTheForm.includes(name))
    .flatMap(([name, value]) => (typeof value === 'string' ? [value] : value).map((one) => ({ name, value: one })));
}
