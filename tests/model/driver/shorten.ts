import type { Attempt } from '../reference/reference.ts';
import type { Lane } from './lane.ts';
import { Disagreement, newPlay, playOn } from './play.ts';

/** A step that does nothing, so that the cases of later steps keep their numbers. */
const nothing: Attempt = { do: 'days', count: 0 };

async function failure(lane: Lane, steps: readonly Attempt[]): Promise<Disagreement | undefined> {
  try {
    await playOn(
      await newPlay(lane),
      steps.map((step) => () => structuredClone(step)),
    );
    return undefined;
  } catch (error) {
    if (error instanceof Disagreement) return error;
    throw error;
  }
}

/** Leaves out whatever the failure does not need: large parts first, then single steps; stops after a time in milliseconds. */
export async function shorten(lane: Lane, { found, within }: { found: Disagreement; within: number }): Promise<Disagreement> {
  const begun = performance.now();
  let shortest = found;
  let steps = [...found.steps];
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < steps.length; from += size) {
      if (performance.now() - begun > within) return shortest;
      const fewer = steps.map((step, place) => (place >= from && place < from + size ? nothing : step));
      const still = await failure(lane, fewer);
      if (still !== undefined) [shortest, steps] = [still, fewer.slice(0, still.steps.length)];
    }
  }
  return shortest;
}
