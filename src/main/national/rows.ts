import { writeCase } from './case-rows.ts';
import { idOf, kinds } from './ids.ts';
import type { Life } from './lives.ts';
import { personOf, writePerson, writeStanding } from './person-rows.ts';
import type { Load, Sheet, Surroundings } from './sheet.ts';

/** Turns made-up lives into rows, as the commands and the triggers of the database would have left them. */

export type RowMaker = {
  write: (number: number, life: Life) => void;
  counts: () => { events: number; applications: number; numbers: number };
};

/** Turns lives into rows of every table, one person after the other. */
export function makeRows(around: Surroundings): RowMaker {
  const count = { event: 0, affiliation: 0, application: 0, step: 0, tick: 0 };
  const load: Load = { ...around, count };
  return {
    counts: () => ({ events: count.event, applications: count.application, numbers: count.application }),
    write: (number, life) => {
      const affiliationIds = life.affiliations.map(() => idOf(kinds.affiliation, (count.affiliation += 1)));
      const sheet: Sheet = {
        load,
        person: personOf(load, number, life),
        life,
        affiliationIds,
        joined: affiliationIds.map(() => new Set()),
        pending: [],
        events: new Map(),
      };
      for (const made of life.cases) writeCase(sheet, made);
      writeStanding(sheet);
      writePerson(number, sheet);
    },
  };
}
