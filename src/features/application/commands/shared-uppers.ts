import { isId } from '#kernel/id.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { readSettings } from '#features/association/schema.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import type { Move } from '../forms.ts';
import { texts } from '../messages.ts';
import { categoryField } from '../schema.ts';
import { demandErrors, moveErrors, moveField } from '../upper-rules.ts';
import { withdrawalTexts } from '../withdrawal-messages.ts';
import type { CarriedPlace, Origin } from './origin.ts';

/** Upper memberships that another group of the same person shares (`rules.md 1.4, 3.5, 3.6`): they may go on there. */

export type SharedPlace = CarriedPlace & { with: Origin[] };

function leftBy(origin: Origin, staying: readonly number[]): CarriedPlace[] {
  return origin.carried.filter((place) => !staying.includes(place.associationId));
}

/** What the origin carries and leaves, but another group has in its chain too; lowest first. The lowest one left always ends. */
export function sharedPlaces(origin: Origin, others: readonly Origin[], staying: readonly number[]): SharedPlace[] {
  return leftBy(origin, staying)
    .slice(1)
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

type Leaving = {
  origin: Origin;
  others: readonly Origin[];
  settings: readonly PinnedSettings[];
  /** Groups with an open application of their own. */
  busy: readonly string[];
};

/** Why the uppers left cannot go where they should: no ground there, a group that is about to change, or one that demands them. */
export function upperErrors(
  { origin, others, settings, busy }: Leaving,
  asked: { staying: readonly number[]; moves: readonly Move[] },
): FieldErrors {
  const holders = [origin, ...others].map((one) => ({ id: one.id, chain: one.chain, lines: one.carried }));
  const settingsOf = (id: number) => settings.find((row) => row.associationId === id)?.settings ?? readSettings({});
  const question = { affiliations: holders, affiliationId: origin.id, moves: asked.moves, going: asked.staying, settingsOf };
  const left = leftBy(origin, asked.staying);
  const demanded = demandErrors(question, left);
  const waiting = asked.moves.filter((move) => busy.includes(move.affiliationId));
  const nameOf = (id: string) => others.find((one) => one.id === id)?.facilityName ?? '';
  return {
    ...(demanded.length === 0 ? {} : { lowestAssociationId: demanded }),
    ...moveErrors(question, left),
    ...Object.fromEntries(waiting.map((move) => [moveField(move.associationId), [withdrawalTexts.targetBusy(nameOf(move.affiliationId))]])),
  };
}
