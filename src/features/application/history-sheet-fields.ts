import type { Day } from '#kernel/day.ts';
import { formatLicence } from '#kernel/licence.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { codeOf } from '#features/association/labels.ts';
import type { HistoryLine } from '#features/membership/queries/history.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';

/** A line of 入退会履歴 as a file shows it: the doctor's own (`screens.md D-12`) and a member's (`O-08`). */
export type HistorySheetRow = HistoryLine & { personId: string; licence: string; name: string; submittedOn: Day | undefined };

const resultText = ({ ahead }: HistoryLine): string => (ahead ? '予定' : '承認');

/** Columns of 入退会履歴 (`screens.md §9`). */
export const historyColumns: readonly SheetColumn<HistorySheetRow>[] = [
  { code: 'licence', label: '医籍登録番号', text: (row) => row.licence },
  { code: 'name', label: '氏名', text: (row) => row.name },
  { code: 'facility', label: '所属施設名', text: (row) => row.facilityName },
  { code: 'associationCode', label: '対象医師会コード', text: (row) => codeOf(row.associationId) },
  { code: 'association', label: '対象医師会', text: (row) => row.associationName },
  { code: 'kind', label: '種別', text: (row) => row.kind },
  { code: 'submittedOn', label: '申請日', text: (row) => (row.submittedOn === undefined ? '' : formatDayPlain(row.submittedOn)) },
  { code: 'on', label: '年月日', text: (row) => formatDayPlain(row.on) },
  { code: 'category', label: '会員区分', text: (row) => row.category },
  { code: 'result', label: '結果', text: resultText },
  { code: 'corrected', label: '訂正', text: (row) => (row.correctedOn === undefined ? '' : `訂正 ${formatDayPlain(row.correctedOn)}`) },
];

export const memberHistoryTitle = '入退会履歴';

/** The condition in words: whose. */
export function historyWords(licence: string | undefined): string[] {
  return licence === undefined ? [] : [`医籍登録番号:${formatLicence(licence)}`];
}
