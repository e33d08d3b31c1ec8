import { type Day, daysBetween, earlierDay, laterDay } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

export type Period = {
  key: string;
  /** The association. */
  label: string;
  from: Day;
  /** Last day of membership; undefined while it goes on. */
  to?: Day | undefined;
  note?: string | undefined;
};

const WIDTH = 1000;
const ROW = 36;

/** Membership periods on one time line, and the same as a table for everybody. */
export function PeriodBars({ caption, periods, today }: { caption: string; periods: readonly Period[]; today: Day }) {
  const first = periods.map((period) => period.from).reduce(earlierDay, today);
  const last = periods.map((period) => period.to ?? today).reduce(laterDay, today);
  const span = Math.max(1, daysBetween(first, last));
  const x = (day: Day) => Math.round((daysBetween(first, day) / span) * WIDTH);
  return (
    <figure>
      {/* Attributes instead of style: the content security policy allows no inline style. */}
      <svg className="ui-bars" viewBox={`0 0 ${WIDTH} ${periods.length * ROW + 8}`} aria-hidden="true">
        {periods.map((period, index) => (
          <g key={period.key}>
            <rect x="0" y={index * ROW + 6} width={WIDTH} height="24" fill="#f2f2f2" />
            <rect
              x={x(period.from)}
              y={index * ROW + 6}
              width={Math.max(4, x(period.to ?? last) - x(period.from))}
              height="24"
              fill={period.to && period.to < today ? '#767676' : '#0017c1'}
            />
          </g>
        ))}
        <line x1={x(today)} x2={x(today)} y1="0" y2={periods.length * ROW + 8} stroke="#ce0000" strokeWidth="2" />
      </svg>
      <PeriodTable caption={caption} periods={periods} />
    </figure>
  );
}

function PeriodTable({ caption, periods }: { caption: string; periods: readonly Period[] }) {
  return (
    <table className="ui-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">医師会</th>
          <th scope="col">入会日</th>
          <th scope="col">退会日</th>
          <th scope="col">備考</th>
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period.key}>
            <th scope="row">{period.label}</th>
            <td>{formatDayPlain(period.from)}</td>
            <td>{period.to ? formatDayPlain(period.to) : '所属中'}</td>
            <td>{period.note ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
