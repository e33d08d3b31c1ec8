import { isId } from '#kernel/id.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import type { Move } from '../forms.ts';
import { texts } from '../messages.ts';
import { categoryField } from '../schema.ts';
import type { CarriedPlace, Origin } from './origin.ts';

/** Upper memberships that another group of the same person shares (`rules.md 1.4, 3.5, 3.6`): they may go on there. */

export type SharedPlace = CarriedPlace & { with: Origin[] };

/** What the origin carries and leaves, but another group has in its chain too; lowest first. */
export function sharedPlaces(origin: Origin, others: readonly Origin[], staying: readonly number[]): SharedPlace[] {
  return origin.carried
    .filter((place) => !staying.includes(place.associationId))
    .map((place) => ({ ...place, with: others.filter((other) => other.chain.includes(place.associationId)) }))
    .filter((place) => place.with.length > 0);
}

/** The moves chosen in a form, 'end' for a membership that ends; or what is missing. */
export function chosenMoves(
  shared: readonly SharedPlace[],
  posted: Readonly<Record<string, string>>,
  complete: boolean,
): { moves: Move[]; errors: FieldErrors } {
  const moves: Move[] = [];
  const errors: Record<string, string[]> = {};
  for (const place of shared) {
    const field = categoryField(place.associationId);
    const choice = posted[field] ?? '';
    if (choice === 'end') moves.push({ associationId: place.associationId, affiliationId: '' });
    else if (isId(choice) && place.with.some((other) => other.id === choice))
      moves.push({ associationId: place.associationId, affiliationId: choice });
    else if (complete) errors[`moves.${field}`] = [texts.chooseMove];
  }
  return { moves, errors };
}
