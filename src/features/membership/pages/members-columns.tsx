import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { Mark } from '#ui/parts/Mark.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { StateTone } from '#ui/parts/StateLabel.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import type { MemberColumnCode, MemberMark } from '../fields.ts';
import { columnLabel, markLabel, memberColumnCodes } from '../fields.ts';
import type { MemberLine, MemberStanding } from '../queries/members.ts';

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

const markTones: Readonly<Record<MemberMark, StateTone>> = {
  waived: 'neutral',
  trainee: 'neutral',
  trainingEnds: 'warn',
  unregistered: 'neutral',
  undelivered: 'warn',
  inQuestion: 'warn',
  unseen: 'warn',
  applying: 'progress',
};

/** 状態 in its word. */
export function MarkLabel({ mark }: { mark: MemberMark }) {
  return <StateLabel tone={markTones[mark]}>{markLabel(mark)}</StateLabel>;
}

/** What the list tells in its own way, and who has no login yet: in the beginning that is nearly everybody. */
const toldElsewhere: ReadonlySet<MemberMark> = new Set(['unregistered', 'unseen', 'applying']);

function Marks({ row }: { row: MemberLine }) {
  return (
    <>
      {row.standing === 'current' ? null : <Standing standing={row.standing} />}
      {row.applying && row.standing !== 'applying' ? <StateLabel tone="progress">未処理の申請あり</StateLabel> : null}
      {row.marks
        .filter((mark) => !toldElsewhere.has(mark) && !(mark === 'trainee' && row.marks.includes('trainingEnds')))
        .map((mark) => (
          <MarkLabel key={mark} mark={mark} />
        ))}
      {row.licenceChecked ? null : <Mark kind="unchecked" />}
      {row.died ? <StateLabel>逝去</StateLabel> : null}
    </>
  );
}

/** The columns of `screens.md O-07` that were chosen; orders that no index holds only where the list can be sorted. */
export function memberColumns({ large, chosen }: { large: boolean; chosen: readonly MemberColumnCode[] }): readonly Column<MemberLine>[] {
  const small = large ? {} : { facility: 'facility', left: 'left' };
  const cells: Record<MemberColumnCode, Omit<Column<MemberLine>, 'key' | 'head'>> = {
    licence: { sort: 'licence', align: 'right', cell: (row) => row.licence },
    category: { nowrap: true, cell: (row) => row.category || '－' },
    jma: { nowrap: true, cell: (row) => row.jmaCategory || '－' },
    facility: { sort: small.facility, cell: (row) => row.facility || '－' },
    department: { cell: (row) => row.department || '－' },
    joined: { sort: 'joined', nowrap: true, cell: (row) => dayText(row.joinedOn) },
    left: { sort: small.left, nowrap: true, cell: (row) => dayText(row.leftOn) },
    age: { align: 'right', nowrap: true, cell: (row) => `${row.age}歳` },
    sendTo: { cell: (row) => row.sendTo || '－' },
    marks: { cell: (row) => <Marks row={row} /> },
  };
  const shown = memberColumnCodes.filter((code) => chosen.length === 0 || chosen.includes(code));
  const [first, ...rest] = shown.map((code) => ({ key: code, head: columnLabel(code), ...cells[code] }));
  const name: Column<MemberLine> = {
    key: 'name',
    head: '氏名',
    sort: 'name',
    rowHeader: true,
    cell: (row) => <PersonName name={row.name} kana={row.kana} />,
  };
  if (first === undefined) return [name];
  return first.key === 'licence' ? [first, name, ...rest] : [name, first, ...rest];
}
