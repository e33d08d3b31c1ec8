import { Link } from 'react-router';
import { formatDay, formatDayPlain } from '#kernel/wareki.ts';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { dateNames } from '../../date-rules.ts';
import { kindLabel, layerLabel } from '../../labels.ts';
import { pensionTexts } from '../../messages.ts';
import type { Pension } from '../../pension.ts';
import type { LayerEffect, WhatIf } from '../../queries/what-if.ts';

const certainties = { decided: '承認済', asked: '今回の承認', expected: '見込み' } as const;

function beforeText({ before }: LayerEffect): string {
  return before === undefined ? '会員ではありません' : `${before.category} ${formatDayPlain(before.joinedOn)}から`;
}

function afterText({ after }: LayerEffect): string {
  if (after === undefined) return '変わりません';
  const certainty = certainties[after.certainty];
  if (after.deed === 'leave') return `${formatDayPlain(after.joinedOn)}付で退会(${certainty})`;
  return `${after.category === '' ? '' : `${after.category} `}${formatDayPlain(after.joinedOn)}から(${certainty})`;
}

const columns: readonly Column<LayerEffect>[] = [
  { key: 'name', head: '医師会', rowHeader: true, cell: (layer) => `${layerLabel(layer.layer)} ${layer.associationName}` },
  { key: 'before', head: '承認前', cell: beforeText },
  { key: 'after', head: '承認後', cell: afterText },
];

function countText({ on, before, after }: WhatIf['counts'][number]): string {
  const number = (count: number) => `${count.toLocaleString('ja-JP')}人`;
  return before === after
    ? `${formatDayPlain(on)}時点 ${number(before)}(変わりません)`
    : `${formatDayPlain(on)}時点 ${number(before)} → ${number(after)}`;
}

function insuranceText(insurance: NonNullable<WhatIf['insurance']>): string {
  // The membership goes on: only its category changes, and with it what the insurance covers (`screens.md D-10`).
  if (insurance.deed === 'change')
    return `${formatDayPlain(insurance.from)}から変更後の会員区分によります(この会員区分では${insurance.covered ? '適用されます' : '適用されません'})`;
  return insurance.covered
    ? `日本医師会の入会日(${formatDayPlain(insurance.from)})から適用されます`
    : 'この会員区分では医師賠償責任保険は適用されません';
}

function noInsurance({ layers }: WhatIf): string {
  const jma = layers.find((layer) => layer.layer === 1);
  if (jma?.after?.deed === 'leave') return `日本医師会の退会日(${formatDayPlain(jma.after.joinedOn)})までの適用となります`;
  return jma === undefined ? '日本医師会への入会を含みません' : '変わりません';
}

/** 医師年金 in words. */
export function pensionText(pension: Pension): string {
  if (pension.effect === 'none') return pensionTexts.none;
  const leftOn = formatDayPlain(pension.leftOn);
  if (pension.effect === 'leaves') return pensionTexts.leaves(leftOn);
  return pension.overYear ? pensionTexts.overYear(leftOn) : pensionTexts.withinYear(leftOn);
}

/** 処理中の他の申請, each with its link. */
export function OtherCases({ cases }: { cases: WhatIf['otherCases'] }) {
  if (cases.length === 0) return 'ありません';
  return cases.map((one) => (
    <span className="block" key={one.id}>
      <Link to={`/office/applications/${one.id}`}>{`${one.number} ${kindLabel(one.kind, one.state)}`}</Link>
    </span>
  ));
}

/** 会員数 of our own association on some days, without and with what is looked at. */
export function Counts({ counts }: { counts: WhatIf['counts'] }) {
  return counts.map((count) => (
    <span className="block" key={count.on}>
      {countText(count)}
    </span>
  ));
}

function factsOf(whatIf: WhatIf): Definition[] {
  const { feePeriod, waiver, insurance, otherCases } = whatIf;
  const period = feePeriod.label === feePeriod.wished ? feePeriod.label : `${feePeriod.label}(希望年月日では${feePeriod.wished})`;
  return [
    ...(whatIf.counts.length === 0
      ? []
      : [
          {
            label: '貴会の会員数',
            value: <Counts counts={whatIf.counts} />,
          },
        ]),
    { label: '会費の期', value: period },
    { label: '会費減免', value: waiver === undefined ? '' : waiver.reason },
    { label: '医師賠償責任保険', value: insurance === undefined ? noInsurance(whatIf) : insuranceText(insurance) },
    { label: '医師年金', value: pensionText(whatIf.pension) },
    { label: '処理中の他の申請', value: <OtherCases cases={otherCases} /> },
  ];
}

/** What a day would change on every layer, in counts, 期, waiver and insurance (`rules.md 3.12`). */
export function WhatIfPanel({ whatIf }: { whatIf: WhatIf }) {
  return (
    <>
      <p className="mb-2">{`${dateNames[whatIf.leg]}を${formatDay(whatIf.decidedOn)}とした場合の見込みです。`}</p>
      <DataTable caption="承認後の見込み" columns={columns} rows={whatIf.layers} rowKey={(layer) => String(layer.associationId)} />
      <div className="mt-4">
        <DefinitionTable items={factsOf(whatIf)} />
      </div>
    </>
  );
}
