import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { LedgerView } from '../queries/member.ts';

const kinds: Readonly<Record<string, string>> = {
  joined: '入会',
  left: '退会',
  category_changed: '会員区分の変更',
  facility_changed: '所属施設の変更',
  corrected: '訂正',
  annulled: '取消',
};

const columns: readonly Column<LedgerView>[] = [
  { key: 'effective', head: '有効日', nowrap: true, cell: (line) => formatDayPlain(line.effectiveOn) },
  {
    key: 'kind',
    head: '内容',
    rowHeader: true,
    cell: (line) => (
      <>
        {kinds[line.kind] ?? line.kind} {line.superseded ? <StateLabel>訂正済</StateLabel> : null}{' '}
        {line.fresh ? <span className="ui-diff-mark">【新しい記録】</span> : null}
      </>
    ),
  },
  { key: 'category', head: '会員区分', nowrap: true, cell: (line) => line.category || '－' },
  { key: 'facility', head: '所属施設', cell: (line) => line.facility || '－' },
  { key: 'reason', head: '事由', cell: (line) => line.reason || '－' },
  { key: 'recorded', head: '記録日時', nowrap: true, cell: (line) => formatInstant(line.recordedAt) },
  { key: 'office', head: '記録した医師会', cell: (line) => line.office || '－' },
];

/** O-23: what an office takes out of a member's history stands in the register of exports (`rules.md 8.2`). */
function fileOf(personId: string): string {
  return `/office/exports/new?${new URLSearchParams({ list: 'memberHistory', conditions: `?person=${personId}` }).toString()}`;
}

/** 入退会履歴: the ledger of our own association, newest record first; corrected lines stay in sight. */
export function HistorySection({ personId, history }: { personId: string; history: readonly LedgerView[] }) {
  return (
    <Section title="入退会履歴">
      <DataTable
        caption="入退会履歴"
        columns={columns}
        rows={history}
        rowKey={(line) => String(line.id)}
        empty="この時点までの記録はありません。"
      />
      <div className="ui-no-print">
        <Actions>
          {history.length === 0 ? null : <LinkButton to={fileOf(personId)}>CSVダウンロード</LinkButton>}
          <PrintButton>印刷する</PrintButton>
        </Actions>
      </div>
    </Section>
  );
}
