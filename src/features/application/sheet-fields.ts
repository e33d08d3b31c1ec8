import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { isReturned, isStepRole } from './flow.ts';
import { kindLabel, ownOrCaseLabel, stateLabel, stepLabel } from './labels.ts';
import { texts } from './messages.ts';
import type { InboxRow } from './queries/inbox.ts';
import type { InboxFilter } from './queries/inbox-filter.ts';

/** Columns and words of 申請一覧 as a file (`screens.md §9`). */

/** What only the file shows of a case. */
export type SheetFacts = { applicationId: string; lowestAssociationId: number; category: string; facility: string; role: string };

export type CaseSheetRow = InboxRow & { facts: SheetFacts | undefined };

export const caseSheetTitle = '申請一覧';

function holderOf(row: CaseSheetRow): string {
  if (row.holder !== undefined) return row.holder.name;
  return isReturned(row.state) ? texts.applicant : '';
}

function ownState(row: CaseSheetRow): string {
  const role = row.facts?.role ?? 'decide';
  return stepLabel(row.stepState, isStepRole(role) ? role : 'decide');
}

function newestMessage({ message }: CaseSheetRow): string {
  return message === undefined ? '' : `${message.authorOffice}/${message.authorName} ｜ ${message.body} ${formatInstant(message.at)}`;
}

/** The columns in the order of `screens.md §9`. */
export const caseColumns: readonly SheetColumn<CaseSheetRow>[] = [
  { code: 'number', label: '受付番号', text: (row) => row.number },
  { code: 'kind', label: '種別', text: (row) => kindLabel(row.kind, row.state, row.leg) },
  {
    code: 'state',
    label: '状況',
    text: (row) => stateLabel(row.state, 'office', row.aheadOn === undefined ? undefined : formatDayPlain(row.aheadOn)),
  },
  { code: 'submittedAt', label: '申請日時', text: (row) => formatInstant(row.submittedAt) },
  { code: 'wishedOn', label: '希望日', text: (row) => (row.wishedOn === null ? '' : formatDayPlain(row.wishedOn)) },
  { code: 'licence', label: '医籍登録番号', text: (row) => row.licence },
  { code: 'name', label: '氏名', text: (row) => row.name },
  { code: 'kana', label: 'フリガナ', text: (row) => row.kana },
  { code: 'proxy', label: '代理', text: (row) => (row.proxy ? '代' : '') },
  { code: 'facility', label: '所属施設', text: (row) => row.facts?.facility ?? '' },
  {
    code: 'associationCode',
    label: '対象医師会コード',
    text: (row) => (row.facts === undefined ? '' : String(row.facts.lowestAssociationId).padStart(5, '0')),
  },
  { code: 'association', label: '対象医師会', text: (row) => row.lowest },
  { code: 'category', label: '会員区分', text: (row) => row.facts?.category ?? '' },
  { code: 'ownState', label: '自医師会の状況', text: ownState },
  { code: 'decidedOn', label: '決定日付', text: (row) => (row.decidedOn === null ? '' : formatDayPlain(row.decidedOn)) },
  { code: 'holder', label: '現在の担当', text: holderOf },
  {
    code: 'days',
    label: '経過日数',
    text: (row) => (row.holder === undefined ? '' : String(row.holder.days)),
  },
  { code: 'attention', label: '要注意', text: (row) => (row.attention ? '★' : '') },
  { code: 'message', label: '最新メッセージ', text: newestMessage },
];

const tabWords: Record<InboxFilter['tab'], string> = {
  todo: '要対応',
  elsewhere: '他医師会で処理中',
  returned: '差戻し中',
  ahead: '効力発生日待ち',
  done: '完了',
  all: 'すべて',
};

/** 担当者 as a condition. */
export const assigneeWords = { me: '自分', nobody: '未定' } as const;

function span(label: string, from: string | undefined, to: string | undefined): string[] {
  if (from === undefined && to === undefined) return [];
  return [`${label}:${from ?? ''}～${to ?? ''}`];
}

/** The conditions in words, for the manifest of the file. */
export function conditionWords(filter: InboxFilter, named: (category: string) => string): string[] {
  const day = (on: InboxFilter['from']) => (on === undefined ? undefined : formatDayPlain(on));
  return [
    `区分:${tabWords[filter.tab]}`,
    ...(filter.number === '' ? [] : [`受付番号:${filter.number}`]),
    ...(filter.licence === '' ? [] : [`医籍登録番号:${filter.licence}`]),
    ...(filter.name === '' ? [] : [`氏名/フリガナ:${filter.name}`]),
    ...(filter.kind.length === 0 ? [] : [`種別:${filter.kind.map((kind) => kindLabel(kind, 'submitted')).join('、')}`]),
    ...(filter.state.length === 0 ? [] : [`状況:${filter.state.map(ownOrCaseLabel).join('、')}`]),
    ...(filter.proxy ? ['代理のみ'] : []),
    ...(filter.attention ? ['要注意のみ'] : []),
    ...(filter.late ? ['▲の付いた届のみ'] : []),
    ...(filter.resubmitted ? ['差戻しへの再申請のみ'] : []),
    ...span('申請日', day(filter.from), day(filter.to)),
    ...span('希望日', day(filter.wishedFrom), day(filter.wishedTo)),
    ...(filter.facility === '' ? [] : [`所属施設:${filter.facility}`]),
    ...(filter.memberCategory === undefined ? [] : [`会員区分:${named(String(filter.memberCategory))}`]),
    ...(filter.assignee === '' ? [] : [`担当者:${assigneeWords[filter.assignee]}`]),
    ...(filter.association === undefined ? [] : [`対象医師会コード:${String(filter.association).padStart(5, '0')}`]),
  ];
}
