import { createHash } from 'node:crypto';
import type { Id } from '#kernel/id.ts';
import { isId } from '#kernel/id.ts';

/** Chance that is the same at every load: each story draws from its own name, so the order of loading does not matter. */
export type Dice = {
  /** At least 0, less than 1. */
  next: () => number;
  /** A whole number between the two, both included. */
  from: (low: number, high: number) => number;
  /** True in this share of cases. */
  chance: (share: number) => boolean;
  pick: <T>(choices: readonly T[]) => T;
};

/** Mulberry32, seeded by a name. */
export function diceOf(name: string): Dice {
  let state = createHash('sha256').update(name).digest().readInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const from = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    from,
    chance: (share) => next() < share,
    pick: (choices) => {
      const chosen = choices[from(0, choices.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}

/** The id that a name always has, so that an interrupted load can go on. */
export function idOf(name: string): Id {
  const hex = createHash('sha256').update(`mamis demo ${name}`).digest('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  if (!isId(id)) throw new RangeError('not an id');
  return id;
}
