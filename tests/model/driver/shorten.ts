import type { Attempt } from '../reference/reference.ts';
import { Disagreement, playOn } from './play.ts';
import type { Play } from './stage.ts';

/** A step that does nothing, so that the cases of later steps keep their numbers. */
const nothing: Attempt = { do: 'days', count: 0 };

async function failure(anew: () => Promise<Play>, steps: readonly Attempt[]): Promise<Disagreement | undefined> {
  try {
    await playOn(
      await anew(),
      steps.map((step) => () => structuredClone(step)),
    );
    return undefined;
  } catch (error) {
    if (error instanceof Disagreement) return error;
    throw error;
  }
}

type Failure = { found: Disagreement; within: number };

/** Leaves out whatever the failure does not need: large parts first, then single steps; stops after a time in milliseconds. */
export async function shorten(anew: () => Promise<Play>, { found, within }: Failure): Promise<Disagreement> {
  const begun = performance.now();
  let shortest = found;
  let steps = [...found.steps];
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < steps.length; from += size) {
      if (performance.now() - begun > within) return shortest;
      const fewer = steps.map((step, place) => (place >= from && place < from + size ? nothing : step));
      const still = await failure(anew, fewer);
      if (still !== undefined) [shortest, steps] = [still, fewer.slice(0, still.steps.length)];
    }
  }
  return shortest;
}
