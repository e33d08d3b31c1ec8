import { formatDayPlain } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Outcome } from '../../ending-rules.ts';
import { endingTexts } from '../../ending-messages.ts';
import { layerLabel } from '../../labels.ts';
import type { EndingLayer, WhatIfEnding } from '../../queries/what-if-ending.ts';
import { Counts, OtherCases, pensionText } from './what-if-panel.tsx';

function beforeText({ before }: EndingLayer): string {
  return before === undefined ? '会員ではありません' : `${before.category} ${formatDayPlain(before.joinedOn)}から`;
}

function afterText({ outcome, leg, decidedOn }: EndingLayer): string {
  const text = endingTexts.layer[outcome];
  return typeof text === 'string' ? text : text[leg](decidedOn === null ? '' : formatDayPlain(decidedOn));
}

function columnsFor(word: string): readonly Column<EndingLayer>[] {
  return [
    { key: 'name', head: '医師会', rowHeader: true, cell: (layer) => `${layerLabel(layer.layer)} ${layer.associationName}` },
    { key: 'before', head: '現在', cell: beforeText },
    { key: 'after', head: `${word}後`, cell: afterText },
  ];
}

const running: ReadonlySet<Outcome> = new Set(['open', 'again', 'waits']);

function insuranceText({ jma }: WhatIfEnding): string {
  if (jma === undefined) return endingTexts.insurance.outside;
  if (jma.leg !== 'join') return endingTexts.insurance.goesOn;
  if (jma.outcome === 'undone' && jma.decidedOn !== null) return endingTexts.insurance.undone(formatDayPlain(jma.decidedOn));
  if (running.has(jma.outcome)) return endingTexts.insurance.later;
  return jma.outcome === 'never' ? endingTexts.insurance.never : endingTexts.insurance.goesOn;
}

function factsOf(whatIf: WhatIfEnding): Definition[] {
  const { counts, feePeriod, waiver, taskFor } = whatIf;
  return [
    ...(counts.length === 0 ? [] : [{ label: '貴会の会員数', value: <Counts counts={counts} /> }]),
    { label: '会費の期', value: feePeriod === undefined ? '変わりません' : `${feePeriod}からの会費に影響することがあります` },
    { label: '会費減免', value: waiver === undefined ? '' : waiver.reason },
    { label: '医師賠償責任保険', value: insuranceText(whatIf) },
    { label: '医師年金', value: pensionText(whatIf.pension) },
    { label: '処理中の他の申請', value: <OtherCases cases={whatIf.otherCases} /> },
    ...(taskFor === undefined ? [] : [{ label: '下層の医師会', value: endingTexts.task(taskFor) }]),
  ];
}

/** What the act would leave on every layer, in counts, 期, waiver, insurance and pension (`rules.md 3.12`). */
export function EndingPanel({ whatIf, word }: { whatIf: WhatIfEnding; word: string }) {
  return (
    <Section title={`${word}後の見込み`} id="what-if">
      <DataTable
        caption={`${word}後の見込み`}
        columns={columnsFor(word)}
        rows={whatIf.layers}
        rowKey={(layer) => String(layer.associationId)}
      />
      <div className="mt-4">
        <DefinitionTable items={factsOf(whatIf)} />
      </div>
    </Section>
  );
}
