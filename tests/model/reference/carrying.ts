import { known, stretchesOf } from './ledger.ts';
import type { Affiliation, Association, Model } from './state.ts';
import { associationOf } from './state.ts';

/** What an affiliation carries (`rules.md 1.3, 1.4`). */

/** Where an affiliation carries a membership that no end is known of; lowest first. */
export function carriedBy(model: Model, person: number, affiliation: string): { association: Association; category: number }[] {
  return stretchesOf(known(model.ledger, model.tick), person)
    .filter((one) => one.to === undefined && one.affiliation === affiliation)
    .map((one) => ({ association: associationOf(model, one.association), category: one.category }))
    .sort((a, b) => b.association.layer - a.association.layer);
}

/** The person's affiliations that carry anything. */
export function livingOf(model: Model, person: number): Affiliation[] {
  return model.affiliations.filter((one) => one.person === person && carriedBy(model, person, one.id).length > 0);
}
