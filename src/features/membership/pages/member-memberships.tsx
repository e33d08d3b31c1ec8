import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import type { Period } from '#ui/parts/PeriodBars.tsx';
import { PeriodBars } from '#ui/parts/PeriodBars.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { AssociationView, MemberDetail, PeriodView, PhaseView } from '../queries/member.ts';

type Line = { key: string; association: string; own: boolean; period: PeriodView; phase: PhaseView; first: boolean };

function linesOf(associations: readonly AssociationView[]): Line[] {
  return associations.flatMap(({ name, layer, own, periods }) =>
    periods.flatMap((period) =>
      period.phases.map((phase, index) => ({
        key: `${name} ${phase.startsOn}`,
        association: `[${layer}層] ${name}`,
        own,
        period,
        phase,
        first: index === 0,
      })),
    ),
  );
}

function until(day: Day | null): string {
  return day === null ? '' : formatDayPlain(day);
}

function columnsOf(asOf: Day): readonly Column<Line>[] {
  const inForce = ({ phase }: Line) => phase.startsOn <= asOf && (phase.endsOn === null || phase.endsOn >= asOf);
  return [
    { key: 'association', head: '医師会', rowHeader: true, cell: (line) => line.association },
    { key: 'category', head: '会員区分', nowrap: true, cell: (line) => line.phase.category },
    { key: 'facility', head: '所属施設', cell: (line) => line.phase.facility || '－' },
    { key: 'span', head: '期間', nowrap: true, cell: (line) => `${formatDayPlain(line.phase.startsOn)}～${until(line.phase.endsOn)}` },
    { key: 'joined', head: '入会日', nowrap: true, cell: (line) => formatDayPlain(line.period.joinedOn) },
    {
      key: 'left',
      head: '退会日',
      nowrap: true,
      cell: (line) => (line.period.leftOn === null ? '－' : `${until(line.period.leftOn)} ${line.period.leftReason}`),
    },
    { key: 'now', head: '基準日', nowrap: true, cell: (line) => (inForce(line) ? <StateLabel tone="success">在籍</StateLabel> : '－') },
  ];
}

function bars(associations: readonly AssociationView[]): Period[] {
  return associations.flatMap(({ associationId, name, periods }) =>
    periods.map((period) => ({
      key: `${associationId} ${period.joinedOn}`,
      label: name,
      from: period.joinedOn,
      to: period.leftOn ?? undefined,
      note: period.leftReason,
    })),
  );
}

/** 所属・会員区分: every association within our scope, lowest first; others are not shown (`rules.md 5.6`). */
export function AssociationSection({ member }: { member: MemberDetail }) {
  const lines = linesOf(member.associations);
  return (
    <Section title="所属・会員区分">
      {lines.length === 0 ? (
        <EmptyState>会員の記録はありません。</EmptyState>
      ) : (
        <>
          <DataTable caption="所属・会員区分" columns={columnsOf(member.asOf)} rows={lines} rowKey={(line) => line.key} />
          <div className="mt-6">
            <PeriodBars caption="医師会ごとの所属期間" periods={bars(member.associations)} today={member.asOf} />
          </div>
        </>
      )}
    </Section>
  );
}

/** 所属施設 with work, position and 指定医, the 主たる one first. */
export function AffiliationSection({ member }: { member: MemberDetail }) {
  if (member.affiliations.length === 0) return null;
  return (
    <Section title="所属施設">
      {member.affiliations.map((one) => (
        <div className="mb-4" key={one.id}>
          <DefinitionTable
            items={[
              {
                label: '所属施設',
                value: (
                  <>
                    {one.facility || '未定'} {one.isPrimary ? <Mark kind="primary" /> : null}
                  </>
                ),
              },
              { label: '施設所在地', value: one.address },
              { label: '医師会', value: one.association },
              { label: '施設・業務', value: one.work },
              { label: '役職', value: one.position },
              { label: '指定医', value: one.designations.join('、') },
            ]}
          />
        </div>
      ))}
    </Section>
  );
}
