import type { Day } from '#kernel/day.ts';
import { formatDay, formatDayPlain, formatWareki } from '#kernel/wareki.ts';

/** A day as people read it: `2026/04/01（水）`; plain for dense tables, wareki where papers use it. */
export function DayText({ day, look = 'full' }: { day: Day; look?: 'full' | 'plain' | 'wareki' }) {
  const text = look === 'plain' ? formatDayPlain(day) : formatDay(day);
  return <time dateTime={day}>{look === 'wareki' ? `${text} ${formatWareki(day)}` : text}</time>;
}
