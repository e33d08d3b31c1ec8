import type { ReactNode } from 'react';
import { formatInstant } from '#kernel/wareki.ts';
import { DayText } from '#ui/parts/DayText.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { isAtOffice, isReturned } from '../../flow.ts';
import { kindLabel } from '../../labels.ts';
import type { Inbox, InboxNote, InboxRow } from '../../queries/inbox.ts';
import { stateTone, stateWord, stepWord } from './words.ts';

const memoStart = 60;

function State({ row }: { row: InboxRow }) {
  return (
    <>
      <StateLabel tone={stateTone(row.state)}>{stateWord(row.state, row.aheadOn)}</StateLabel>
      <span className="block whitespace-nowrap">
        {isAtOffice(row.stepState) ? stepWord(row.stepState, row.stepRole) : null}
        {row.late ? <Mark kind="late" days={row.lateDays} /> : null}
        {row.attention ? <Mark kind="attention" /> : null}
        {row.proxy ? <Mark kind="proxy" /> : null}
      </span>
    </>
  );
}

function Licence({ row }: { row: InboxRow }) {
  return (
    <>
      {row.licence}
      {row.unchecked ? (
        <span className="block">
          <Mark kind="unchecked" />
        </span>
      ) : null}
    </>
  );
}

function Sent({ row }: { row: InboxRow }) {
  return (
    <>
      {formatInstant(row.submittedAt)}
      <span className="block">{row.number}</span>
    </>
  );
}

/** A name that breaks before 医師会 and nowhere else. */
function Breakable({ name, before = '' }: { name: string; before?: string }) {
  const stem = name.replace(/医師会$/, '');
  return (
    <span className="block break-keep wrap-normal">
      {`${before}${stem}`}
      {stem === name ? null : (
        <>
          <wbr />
          医師会
        </>
      )}
    </span>
  );
}

/** In a narrow column the word in brackets has a line of its own. */
function Kind({ row }: { row: InboxRow }) {
  return <span className="break-keep wrap-normal">{kindLabel(row.kind, row.state, row.leg)}</span>;
}

/** Lowest association and how far up the application goes. */
function Target({ row }: { row: InboxRow }) {
  return (
    <>
      <Breakable name={row.lowest} />
      {row.lowest === row.highest ? null : <Breakable name={row.highest} before="～&nbsp;" />}
    </>
  );
}

/** 「{氏名}が表示中」: colleagues who have the case open now. */
function Viewers({ row, viewers }: Watched) {
  return viewers
    .filter((viewer) => viewer.applicationId === row.id)
    .map((viewer) => <span className="block" key={viewer.name}>{`${viewer.name}が表示中`}</span>);
}

type Watched = { row: InboxRow; viewers: Inbox['viewers'] };

function Assignee({ row, viewers }: Watched) {
  return (
    <>
      {row.assignee ?? '－'}
      <Viewers row={row} viewers={viewers} />
    </>
  );
}

function Holder({ row, viewers }: Watched) {
  return (
    <>
      {row.holder === undefined ? isReturned(row.state) ? '申請者' : '－' : <Breakable name={row.holder.name} />}
      {row.assignee === undefined ? null : <span className="block">{`担当者 ${row.assignee}`}</span>}
      <Viewers row={row} viewers={viewers} />
    </>
  );
}

/** In 要対応 it is always we who have the case; elsewhere our 担当者 stands below the office that has it, to save a column. */
function holderColumn({ filter, viewers }: Pick<Inbox, 'filter' | 'viewers'>): Column<InboxRow> {
  return filter.tab === 'todo'
    ? { key: 'assignee', head: '担当者', cell: (row) => <Assignee row={row} viewers={viewers} /> }
    : { key: 'holder', head: '現在の担当', cell: (row) => <Holder row={row} viewers={viewers} /> };
}

/** The columns of `screens.md O-03`; 経過日数 sorts only where it says how long we have had the case. */
export function inboxColumns(list: Pick<Inbox, 'filter' | 'viewers'>): readonly Column<InboxRow>[] {
  return [
    { key: 'state', head: '状況', cell: (row) => <State row={row} /> },
    { key: 'submitted', head: '申請日時', sort: 'submitted', nowrap: true, cell: (row) => <Sent row={row} /> },
    {
      key: 'wished',
      head: '希望日',
      sort: 'wished',
      nowrap: true,
      cell: (row) => (row.wishedOn === null ? '－' : <DayText day={row.wishedOn} look="plain" />),
    },
    { key: 'kind', head: '種別', sort: 'kind', cell: (row) => <Kind row={row} /> },
    { key: 'licence', head: '登録番号', sort: 'licence', align: 'right', cell: (row) => <Licence row={row} /> },
    { key: 'name', head: '氏名', sort: 'name', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
    { key: 'target', head: '申請先', cell: (row) => <Target row={row} /> },
    holderColumn(list),
    {
      key: 'days',
      head: '経過日数',
      align: 'right',
      nowrap: true,
      ...(list.filter.tab === 'todo' ? { sort: 'arrived' } : {}),
      cell: (row) => (row.holder === undefined ? '－' : `${row.holder.days}日`),
    },
  ];
}

function NoteLine({ note, word, body }: { note: InboxNote; word: string; body: string }) {
  return (
    <p className="whitespace-pre-line">
      <strong>{word}</strong>
      {` ${note.authorOffice}/${note.authorName} ｜ ${body} ${formatInstant(note.at)}`}
    </p>
  );
}

/** What stands under a row; nothing where nobody has written. */
export function notesOf(row: InboxRow): ReactNode {
  return row.message === undefined && row.memo === undefined ? undefined : <InboxNotes row={row} />;
}

/** Under a row: the newest 審査時連絡メッセージ in full, the beginning of the newest 事務局メモ (M 4-3). */
function InboxNotes({ row }: { row: InboxRow }) {
  const { message, memo } = row;
  const start = memo === undefined ? '' : [...memo.body.replaceAll(/\s+/g, ' ')].slice(0, memoStart).join('');
  return (
    <>
      {message === undefined ? null : <NoteLine note={message} word="連絡" body={message.body} />}
      {memo === undefined ? null : <NoteLine note={memo} word="メモ" body={start.length < memo.body.length ? `${start}…` : start} />}
    </>
  );
}
