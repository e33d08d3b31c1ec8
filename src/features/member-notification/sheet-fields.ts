import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { anyState, kindLabels, stateLabels } from './labels.ts';
import type { NotificationLine } from './queries/notifications.ts';
import type { ListFilter } from './schema.ts';

/** The conditions in words, for the manifest; the member who was looked for is not repeated there. */
export function notificationWords({ kind, member, from, to, state }: ListFilter): string[] {
  return [
    `状況:${state === anyState ? 'すべて' : stateLabels[state]}`,
    ...(kind === undefined ? [] : [`種類:${kindLabels[kind]}`]),
    ...(from === undefined ? [] : [`期間:${formatDayPlain(from)}から`]),
    ...(to === undefined ? [] : [`期間:${formatDayPlain(to)}まで`]),
    ...(member === '' ? [] : ['会員:指定あり']),
  ];
}

/** Columns of the file 会員関連通知 (`screens.md §9`). */
export const notificationColumns: readonly SheetColumn<NotificationLine>[] = [
  { code: 'at', label: '日時', text: (row) => formatInstant(row.at) },
  { code: 'kind', label: '種類', text: (row) => row.kind },
  { code: 'licence', label: '医籍登録番号', text: (row) => row.licence ?? '' },
  { code: 'name', label: '氏名', text: (row) => row.name ?? '' },
  { code: 'before', label: '内容前', text: (row) => row.before },
  { code: 'after', label: '内容後', text: (row) => row.after },
  { code: 'source', label: '発生元', text: (row) => row.source },
  { code: 'state', label: '状況', text: (row) => stateLabels[row.state] },
];
