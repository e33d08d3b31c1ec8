import { Link } from 'react-router';
import { Section } from '#ui/parts/Card.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { layerLabel } from '../labels.ts';
import type { ShownLink } from '../queries/linked-cases.ts';

const columns: readonly Column<ShownLink['lines'][number]>[] = [
  { key: 'name', head: '医師会', rowHeader: true, cell: (line) => `${layerLabel(line.layer)} ${line.name}` },
  { key: 'leg', head: '手続き', nowrap: true, cell: (line) => line.leg },
  { key: 'state', head: '状況', nowrap: true, cell: (line) => line.state },
  { key: 'decidedOn', head: '決定した日付', nowrap: true, cell: (line) => (line.decidedOn === '' ? '－' : line.decidedOn) },
];

/** 続きの届: the 異動届 without destination and the 入会届 that follows it, each at the other (`rules.md 3.6`). */
export function LinkedSection({ link, base }: { link: ShownLink | undefined; base: string }) {
  if (link === undefined) return null;
  return (
    <Section title="続きの届" id="linked">
      <p>{link.title}</p>
      <DataTable caption="続きの届" columns={columns} rows={link.lines} rowKey={(line) => line.key} />
      {link.id === undefined ? null : (
        <p className="mt-2">
          <Link className="inline-flex min-h-11 items-center" to={`${base}/${link.id}`}>
            この届の詳細を見る
          </Link>
        </p>
      )}
    </Section>
  );
}
