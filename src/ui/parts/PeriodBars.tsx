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

/** Membership periods on one time line, and the same as a table for everybody. */
export function PeriodBars({ caption, periods, today }: { caption: string; periods: readonly Period[]; today: Day }) {
  const first = periods.map((period) => period.from).reduce(earlierDay, today);
  const last = periods.map((period) => period.to ?? period.from).reduce(laterDay, today);
  return (
    <figure>
      <div className="ui-bars" aria-hidden="true">
        {periods.map((period) => (
          <Bar key={period.key} period={period} line={{ first, last, today }} />
        ))}
        <p className="ui-bars-axis">
          <span>{formatDayPlain(first)}</span>
          <span>{formatDayPlain(last)}</span>
        </p>
      </div>
      <PeriodTable caption={caption} periods={periods} today={today} />
    </figure>
  );
}

/** Attributes instead of style: the content security policy allows no inline style. */
function Bar({ period, line }: { period: Period; line: { first: Day; last: Day; today: Day } }) {
  const span = Math.max(1, daysBetween(line.first, line.last));
  const percent = (day: Day) => (daysBetween(line.first, day) / span) * 100;
  const from = percent(period.from);
  const width = Math.max(0.5, percent(period.to ?? line.last) - from);
  const past = period.to !== undefined && period.to < line.today;
  return (
    <div className="ui-bar">
      <span>{period.label}</span>
      <svg width="100%" height="16">
        <rect width="100%" height="16" className="ui-bar-ground" />
        <rect x={`${from}%`} width={`${width}%`} height="16" className={past ? 'ui-bar-past' : 'ui-bar-now'} />
      </svg>
    </div>
  );
}

function PeriodTable({ caption, periods, today }: { caption: string; periods: readonly Period[]; today: Day }) {
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
            <td className="ui-nowrap">{formatDayPlain(period.from)}</td>
            <td className="ui-nowrap">{period.to ? formatDayPlain(period.to) : period.from > today ? '－' : '所属中'}</td>
            <td>{period.note ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
