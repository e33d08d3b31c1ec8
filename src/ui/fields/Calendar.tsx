import { useRef, useState } from 'react';
import { addDays, type Day, dayFrom, firstOfNextMonth, isDay, lastOfMonth, partsOfDay, weekday } from '#kernel/day.ts';
import { formatDay, formatWareki, parseDayInput } from '#kernel/wareki.ts';
import { Button } from '../parts/Button.tsx';
import { useHydrated } from '../useHydrated.ts';

type Props = { chosen: string; today: string | undefined; onChoose: (day: Day) => void };

const headings = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** A month to point at. It only helps: the text box takes every day without it. */
export function Calendar({ chosen, today, onChoose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [focus, setFocus] = useState<Day | undefined>(undefined);
  const hydrated = useHydrated();
  const chosenDay = parseDayInput(chosen);
  const todayDay = isDay(today) ? today : undefined;
  if (!hydrated || (todayDay ?? chosenDay) === undefined) return null;
  const open = () => {
    setFocus(chosenDay ?? todayDay);
    dialog.current?.showModal();
  };
  const choose = (day: Day) => {
    dialog.current?.close();
    onChoose(day);
  };
  return (
    <>
      <Button type="button" onClick={open}>
        カレンダー
      </Button>
      <dialog className="ui-calendar" ref={dialog} aria-label="日付を選択">
        {focus ? <Month focus={focus} chosen={chosenDay} today={todayDay} onFocus={setFocus} onChoose={choose} /> : null}
        <Button type="button" variant="text" onClick={() => dialog.current?.close()}>
          閉じる
        </Button>
      </dialog>
    </>
  );
}

type MonthProps = {
  focus: Day;
  chosen: Day | undefined;
  today: Day | undefined;
  onFocus: (day: Day) => void;
  onChoose: (day: Day) => void;
};

function Month({ focus, chosen, today, onFocus, onChoose }: MonthProps) {
  const { year, month } = partsOfDay(focus);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onFocus(step(focus));
  };
  return (
    <>
      <div className="ui-calendar-head">
        <Button type="button" size="small" onClick={() => onFocus(sameDayInMonth(focus, -1))}>
          前の月
        </Button>
        <strong aria-live="polite">{`${year}年${month}月(${formatWareki(focus).replace(/年.*$/, '年')})`}</strong>
        <Button type="button" size="small" onClick={() => onFocus(sameDayInMonth(focus, 1))}>
          次の月
        </Button>
      </div>
      <table onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(focus).map((week) => (
            <tr key={week.find((one) => one !== undefined)}>
              {week.map((day, index) => (
                <td key={headings[index]}>
                  {day ? (
                    <DayButton day={day} focused={day === focus} chosen={day === chosen} today={day === today} onChoose={onChoose} />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type DayProps = { day: Day; focused: boolean; chosen: boolean; today: boolean; onChoose: (day: Day) => void };

function DayButton({ day, focused, chosen, today, onChoose }: DayProps) {
  return (
    <button
      type="button"
      // Only one day is in the tab order; the arrow keys move it.
      tabIndex={focused ? 0 : -1}
      ref={focused ? focusInGrid : undefined}
      aria-label={`${formatDay(day)} ${formatWareki(day)}`}
      aria-pressed={chosen}
      aria-current={today ? 'date' : undefined}
      onClick={() => onChoose(day)}
    >
      {partsOfDay(day).date}
    </button>
  );
}

/** Follows the arrow keys, but leaves the focus on 前の月/次の月 when those were pressed. */
function focusInGrid(button: HTMLButtonElement | null): void {
  const active = document.activeElement;
  const pressedMonth = active instanceof HTMLElement && active.closest('.ui-calendar-head') !== null;
  if (button && !pressedMonth) button.focus();
}

const steps: Readonly<Record<string, ((day: Day) => Day) | undefined>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -weekday(day)),
  End: (day) => addDays(day, 6 - weekday(day)),
  PageUp: (day) => sameDayInMonth(day, -1),
  PageDown: (day) => sameDayInMonth(day, 1),
};

/** The same date in a neighbouring month, or its last day; the day itself at the ends of the calendar. */
function sameDayInMonth(day: Day, months: 1 | -1): Day {
  const { year, month, date } = partsOfDay(day);
  const index = year * 12 + (month - 1) + months;
  const first = dayFrom(Math.floor(index / 12), (index % 12) + 1, 1);
  if (first === undefined) return day;
  const last = partsOfDay(lastOfMonth(first)).date;
  return addDays(first, Math.min(date, last) - 1);
}

function weeksOf(day: Day): (Day | undefined)[][] {
  const { year, month } = partsOfDay(day);
  const first = dayFrom(year, month, 1) ?? day;
  const length = partsOfDay(addDays(firstOfNextMonth(first), -1)).date;
  const cells: (Day | undefined)[] = [
    ...Array.from({ length: weekday(first) }, () => undefined),
    ...Array.from({ length }, (_, index) => addDays(first, index)),
  ];
  const count = Math.ceil(cells.length / 7);
  return Array.from({ length: count }, (_, week) => Array.from({ length: 7 }, (_day, index) => cells[week * 7 + index]));
}
