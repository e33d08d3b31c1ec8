import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { Mark } from '#ui/parts/Mark.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { StateTone } from '#ui/parts/StateLabel.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import type { MemberLine, MemberList, MemberStanding } from '../queries/members.ts';

const standings: Readonly<Record<MemberStanding, { word: string; tone: StateTone }>> = {
  current: { word: '在籍', tone: 'success' },
  leaving: { word: '退会予定', tone: 'warn' },
  joining: { word: '入会予定', tone: 'info' },
  left: { word: '退会', tone: 'neutral' },
  applying: { word: '申請中', tone: 'progress' },
};

/** 在籍状況 in its word. */
export function Standing({ standing }: { standing: MemberStanding }) {
  const { word, tone } = standings[standing];
  return <StateLabel tone={tone}>{word}</StateLabel>;
}

function dayText(day: Day | null): string {
  return day === null ? '－' : formatDayPlain(day);
}

function Marks({ row }: { row: MemberLine }) {
  return (
    <>
      {row.standing === 'current' ? null : <Standing standing={row.standing} />}
      {row.applying && row.standing !== 'applying' ? <StateLabel tone="progress">未処理の申請あり</StateLabel> : null}
      {row.licenceChecked ? null : <Mark kind="unchecked" />}
      {row.died ? <StateLabel>逝去</StateLabel> : null}
    </>
  );
}

/** The columns of `screens.md O-07`; orders that no index holds only where the list can be sorted. */
export function memberColumns(list: Pick<MemberList, 'large'>): readonly Column<MemberLine>[] {
  const small = list.large ? {} : { facility: 'facility', left: 'left' };
  return [
    { key: 'licence', head: '医籍登録番号', sort: 'licence', align: 'right', cell: (row) => row.licence },
    { key: 'name', head: '氏名', sort: 'name', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
    { key: 'category', head: '会員区分', nowrap: true, cell: (row) => row.category || '－' },
    { key: 'jma', head: '日医', nowrap: true, cell: (row) => row.jmaCategory || '－' },
    { key: 'facility', head: '所属施設', sort: small.facility, cell: (row) => row.facility || '－' },
    { key: 'joined', head: '入会日', sort: 'joined', nowrap: true, cell: (row) => dayText(row.joinedOn) },
    { key: 'left', head: '退会日', sort: small.left, nowrap: true, cell: (row) => dayText(row.leftOn) },
    { key: 'age', head: '年齢', align: 'right', nowrap: true, cell: (row) => `${row.age}歳` },
    { key: 'marks', head: '状態', cell: (row) => <Marks row={row} /> },
  ];
}
