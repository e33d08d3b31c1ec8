import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { layerLabel, legName, roleLabel } from '../../labels.ts';
import type { CaseStepView, CaseSummary } from '../../queries/office-summary.ts';
import { stepTone, stepWord } from './words.ts';

function processedAt(step: CaseStepView): string {
  const at = step.decidedAt ?? step.receivedAt;
  return at === null ? '－' : formatInstant(at);
}

/** 「3日(2026/01/15から)」 while the case lies there: the days with the applicant do not count. */
function daysText({ days, clock }: CaseStepView): string {
  if (days === undefined) return '－';
  return clock.clockFrom === null ? `${days}日` : `${days}日(${formatDayPlain(clock.clockFrom)}から)`;
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
    cell: (step) => (step.shownOn === null ? '－' : formatDayPlain(step.shownOn)),
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
  { key: 'days', head: '経過日数', align: 'right', nowrap: true, cell: daysText },
];

const sideColumn: Column<CaseStepView> = { key: 'leg', head: '手続き', nowrap: true, cell: (step) => legName(step.leg) };

/** 審査の状況: one line per association, lowest first; of a transfer with the side of each. */
export function StepsSection({ summary }: { summary: Pick<CaseSummary, 'kind' | 'steps'> }) {
  const shown = summary.kind === 'transfer' ? columns.toSpliced(2, 0, sideColumn) : columns;
  return (
    <Section title="審査の状況">
      <DataTable caption="審査の状況" columns={shown} rows={summary.steps} rowKey={(step) => step.id} />
    </Section>
  );
}

const acrossColumns: readonly Column<CaseStepView>[] = [
  { key: 'name', head: '医師会', rowHeader: true, cell: (step) => `${layerLabel(step.layer)} ${step.associationName}` },
  { key: 'leg', head: '手続き', nowrap: true, cell: (step) => legName(step.leg) },
  { key: 'state', head: '状況', cell: (step) => <StateLabel tone={stepTone(step.state)}>{stepWord(step.state, step.role)}</StateLabel> },
  {
    key: 'decidedOn',
    head: '決定した日付',
    nowrap: true,
    cell: (step) => (step.shownOn === null ? '－' : formatDayPlain(step.shownOn)),
  },
];

/** 異動の相手側: associations, state and dates only (`rules.md 3.6`). */
export function AcrossSection({ summary }: { summary: Pick<CaseSummary, 'kind' | 'steps' | 'own'> }) {
  const { leg } = summary.own;
  if (summary.kind !== 'transfer' || leg === 'change') return null;
  const across = summary.steps.filter((step) => step.leg !== 'change' && step.leg !== leg);
  return (
    <Section title="異動の相手側">
      {across.length === 0 ? (
        <p>{leg === 'leave' ? '異動先は決まっていません。' : '異動元で退会する医師会はありません。'}</p>
      ) : (
        <DataTable caption="異動の相手側" columns={acrossColumns} rows={across} rowKey={(step) => step.id} />
      )}
    </Section>
  );
}
