import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { layerLabel, roleLabel } from '../../labels.ts';
import type { CaseStepView, CaseSummary } from '../../queries/office-summary.ts';
import { stepTone, stepWord } from './words.ts';

function processedAt(step: CaseStepView): string {
  const at = step.decidedAt ?? step.receivedAt;
  return at === null ? '－' : formatInstant(at);
}

const columns: readonly Column<CaseStepView>[] = [
  { key: 'layer', head: '層', nowrap: true, cell: (step) => layerLabel(step.layer) },
  {
    key: 'name',
    head: '医師会',
    rowHeader: true,
    cell: (step) => (
      <>
        {step.associationName}
        {step.own ? <span className="ui-mark ui-mark-boxed">貴会</span> : null}
      </>
    ),
  },
  { key: 'category', head: '会員区分', cell: (step) => (step.decidedCategory === '' ? step.category : step.decidedCategory) },
  { key: 'role', head: '役割', nowrap: true, cell: (step) => roleLabel(step.role) },
  { key: 'state', head: '状況', cell: (step) => <StateLabel tone={stepTone(step.state)}>{stepWord(step.state, step.role)}</StateLabel> },
  {
    key: 'decidedOn',
    head: '決定した日付',
    nowrap: true,
    cell: (step) => (step.decidedOn === null ? '－' : formatDayPlain(step.decidedOn)),
  },
  {
    key: 'by',
    head: '担当者',
    cell: (step) => (
      <>
        {step.decidedBy === '' ? '－' : step.decidedBy}
        {step.decidedAlone ? <span className="ui-mark ui-mark-boxed">1名で承認</span> : null}
        {step.boardNote === '' ? null : <span className="block">{step.boardNote}</span>}
      </>
    ),
  },
  { key: 'at', head: '処理日時', nowrap: true, cell: processedAt },
  { key: 'days', head: '経過日数', align: 'right', nowrap: true, cell: (step) => (step.days === undefined ? '－' : `${step.days}日`) },
];

/** 審査の状況: one line per association, lowest first. */
export function StepsSection({ summary }: { summary: Pick<CaseSummary, 'steps'> }) {
  return (
    <Section title="審査の状況">
      <DataTable caption="審査の状況" columns={columns} rows={summary.steps} rowKey={(step) => step.id} />
    </Section>
  );
}
