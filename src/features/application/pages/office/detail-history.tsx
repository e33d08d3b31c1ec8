import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { HistoryLine } from '../../queries/office-history.ts';

function What({ line }: { line: HistoryLine }) {
  const facts = [
    line.decidedOn === null ? '' : `${formatDayPlain(line.decidedOn)} ${line.category}`,
    line.reasons.length === 0 ? '' : `理由:${line.reasons.join('、')}`,
    ...line.requests.map(({ label, comment }) => `修正の依頼:${label}${comment === '' ? '' : ` ${comment}`}`),
    line.changed.length === 0 ? '' : `変更した項目:${line.changed.join('、')}`,
    line.message,
  ].filter((text) => text !== '');
  if (facts.length === 0) return <>－</>;
  return facts.map((text) => (
    <span className="block whitespace-pre-line" key={text}>
      {text}
    </span>
  ));
}

const columns: readonly Column<HistoryLine>[] = [
  { key: 'at', head: '日時', nowrap: true, cell: (line) => formatInstant(line.at) },
  { key: 'action', head: '操作', rowHeader: true, nowrap: true, cell: (line) => line.label },
  { key: 'office', head: '医師会', cell: (line) => line.office ?? '申請者' },
  { key: 'actor', head: '氏名', cell: (line) => line.actorName },
  { key: 'what', head: '内容', cell: (line) => <What line={line} /> },
];

/** 経過: who did what, when, for which office and why. */
export function HistorySection({ history }: { history: readonly HistoryLine[] }) {
  return (
    <Section title="経過">
      <DataTable caption="経過" columns={columns} rows={history} rowKey={(line) => String(line.id)} />
    </Section>
  );
}
