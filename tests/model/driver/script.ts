import type { Attempt, Plain } from '../reference/reference.ts';
import type { Layer, Paper, Settings } from '../reference/state.ts';
import { chainFrom } from '../reference/state.ts';
import type { Play } from './stage.ts';

/** Steps written down one after the other, each done by the model and by the product. */

/** `stale`: on a page that was opened before something else happened to the case. */
type Decided = { confirmed?: boolean; gapReason?: boolean; which?: number; category?: number; person?: number; stale?: boolean };

export class Script {
  readonly steps: ((play: Play) => Attempt)[] = [];

  #add(step: (play: Play) => Attempt): number {
    this.steps.push(step);
    return this.steps.length;
  }

  days(count: number): void {
    this.#add(() => ({ do: 'days', count }));
  }

  settings(association: number, settings: Partial<Settings>): void {
    this.#add(() => ({ do: 'settings', association, settings }));
  }

  /** A paper that waits to be sent; the number of its case. `which` of its categories is asked for, by association. */
  draft(person: number, paper: Partial<Paper> & Pick<Paper, 'kind' | 'wishedOn'>, which: Record<number, number> = {}): number {
    return this.#add((play) => {
      const chain = paper.lowest === undefined ? [] : chainFrom(play.model, paper.lowest);
      const asked = Object.fromEntries(chain.map((one) => [one.id, 0]));
      const categories = Object.fromEntries(
        Object.entries<number>({ ...(paper.kind === 'change' ? {} : asked), ...which }).map(([of, place]) => [
          of,
          play.lane.categoryOf(Number(of), place),
        ]),
      );
      return { do: 'draft', person, paper: { ...blankPaper, ...paper, categories } };
    });
  }

  /** A paper sent at once. */
  send(person: number, paper: Partial<Paper> & Pick<Paper, 'kind' | 'wishedOn'>, which: Record<number, number> = {}): number {
    const id = this.draft(person, paper, which);
    this.doctor(person, 'submit', id);
    return id;
  }

  join(person: number, lowest: number, { wishedOn, top = 1 }: { wishedOn: string; top?: Layer }): number {
    return this.send(person, { kind: 'join', lowest, top, wishedOn });
  }

  approve(office: number, id: number, on: string, decided: Decided = {}): void {
    const { confirmed = true, gapReason = false, which = 0, category, person = 0, stale = false } = decided;
    this.#add((play) => ({
      do: 'approve',
      case: id,
      by: { office, role: 'admin', person },
      stale,
      decision: { on, category: category ?? play.lane.categoryOf(office, which), confirmed, gapReason },
    }));
  }

  office(office: number, done: Plain, id: number, { stale = false } = {}): void {
    this.#add(() => ({ do: done, case: id, by: { office, role: 'admin' }, stale }));
  }

  doctor(doctor: number, done: Plain, id: number, { stale = false } = {}): void {
    this.#add(() => ({ do: done, case: id, by: { doctor }, stale }));
  }

  resubmit(doctor: number, id: number, days: { wishedOn?: string; leaveOn?: string } = {}, which: Record<number, number> = {}): void {
    this.#add((play) => {
      const asked = Object.entries(which).map(([of, place]) => [of, play.lane.categoryOf(Number(of), place)]);
      const correction = { ...days, ...(asked.length === 0 ? {} : { categories: Object.fromEntries(asked) }) };
      return { do: 'resubmit', case: id, by: { doctor }, correction };
    });
  }

  /** A member of three layers since a day. */
  member(person: number, lowest: readonly [number, ...number[]], on: string): void {
    const id = this.join(person, lowest[0], { wishedOn: on });
    for (const office of lowest) this.approve(office, id, on);
  }
}

const blankPaper: Omit<Paper, 'kind' | 'wishedOn'> = {
  affiliation: undefined,
  lowest: undefined,
  top: 1,
  ticked: [],
  categories: {},
  moves: [],
  newPlace: false,
  leaveOn: undefined,
  gapReason: false,
  asked: undefined,
  before: [],
  settled: undefined,
};

export const kita = [27_001, 27_000, 0] as const;
export const minato = [13_005, 13_000, 0] as const;
export const aoba = [14_501, 14_001, 14_000, 0] as const;

export function written(write: (script: Script) => void): Script {
  const script = new Script();
  write(script);
  return script;
}
