import type { Day } from './days.ts';
import { plus } from './days.ts';
import { known, stretchesOf } from './ledger.ts';
import type { Association, Case, Leg, Model, Paper, Role, Step } from './state.ts';
import { associationOf, chainFrom, isOpen } from './state.ts';

/** Which associations a paper touches, in which part and order (`rules.md 3.2`–`3.7`); undefined where it may not be sent. */

/** Where an affiliation carries a membership that no end is known of; lowest first. */
export function carriedBy(model: Model, person: number, affiliation: string): { association: Association; category: number }[] {
  return stretchesOf(known(model.ledger, model.tick), person)
    .filter((one) => one.to === undefined && one.affiliation === affiliation)
    .map((one) => ({ association: associationOf(model, one.association), category: one.category }))
    .sort((a, b) => b.association.layer - a.association.layer);
}

/** Where the person is a member today or later, whoever carries it. */
function memberOf(model: Model, person: number): number[] {
  return stretchesOf(known(model.ledger, model.tick), person)
    .filter((one) => one.to === undefined || one.to >= model.today)
    .map((one) => one.association);
}

function step(association: Association, more: { leg: Leg; role: Role; wished?: number }): Step {
  const { leg, role, wished } = more;
  return {
    association: association.id,
    layer: association.layer,
    leg,
    role,
    wished,
    state: 'waiting',
    on: undefined,
    category: undefined,
    arrivedOn: undefined,
    correction: false,
    settings: structuredClone(association.settings),
  };
}

/** Another open case asks to join this association already. */
function askedElsewhere(model: Model, person: number, association: number): boolean {
  return model.cases.some(
    (one) => one.person === person && isOpen(one) && one.steps.some((other) => other.leg === 'join' && other.association === association),
  );
}

/** The associations of a chain up to the layer wished, or to the one that the lowest association demands (`rules.md 4.1`). */
export function upTo(model: Model, paper: Paper): Association[] | undefined {
  const chain = chainFrom(model, paper.lowest ?? 0);
  const [lowest] = chain;
  if (lowest === undefined || (lowest.layer === 2 && !lowest.settings.directJoin)) return undefined;
  const demanded = { none: 4, prefecture: 2, all: 1 }[lowest.settings.requiredUpperLayers];
  return chain.filter((one) => one.layer === lowest.layer || one.layer >= Math.min(paper.top, demanded));
}

export function joinSteps(model: Model, person: number, paper: Paper): Step[] | undefined {
  const members = memberOf(model, person);
  const chosen = (upTo(model, paper) ?? []).filter((one) => !members.includes(one.id));
  if (chosen.length === 0 || chosen.some((one) => askedElsewhere(model, person, one.id))) return undefined;
  return chosen.map((one) => step(one, { leg: 'join', role: 'decide', wished: paper.categories[one.id] ?? 0 }));
}

/** Ticking a layer ticks every layer above it; the lowest left decides, those below receive, those above acknowledge. */
export function withdrawalSteps(model: Model, person: number, paper: Paper): Step[] | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '').map((one) => one.association);
  const ticked = carried.filter((one) => paper.ticked.includes(one.id));
  const lowest = Math.max(0, ...ticked.map((one) => one.layer));
  const left = carried.filter((one) => one.layer <= lowest);
  const [decider, ...above] = left;
  const bottom = carried[0];
  if (decider === undefined || bottom === undefined) return undefined;
  if (decider !== bottom && !bottom.settings.allowUpperOnlyWithdrawal) return undefined;
  if (paper.moves.some((move) => move.association === decider.id)) return undefined;
  return [
    ...carried.filter((one) => one.layer > lowest).map((one) => step(one, { leg: 'leave', role: 'receive' })),
    step(decider, { leg: 'leave', role: 'decide' }),
    ...above.map((one) =>
      step(one, { leg: paper.moves.some((move) => move.association === one.id) ? 'change' : 'leave', role: 'acknowledge' }),
    ),
  ];
}

/** Each association whose category changes decides, and the lowest always; the others acknowledge. */
export function changeSteps(model: Model, person: number, paper: Paper): Step[] | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '');
  const changes = carried.filter(({ association, category }) => (paper.categories[association.id] ?? category) !== category);
  if (carried.length === 0 || (changes.length === 0 && !paper.newPlace)) return undefined;
  return carried.map(({ association }, place) => {
    const changed = changes.some((one) => one.association.id === association.id);
    const wished = changed ? { wished: paper.categories[association.id] ?? 0 } : {};
    return step(association, { leg: 'change', role: changed || place === 0 ? 'decide' : 'acknowledge', ...wished });
  });
}

/** Leave what is not in the new chain, join what is not in the old one, one change step in both. */
export function transferSteps(model: Model, person: number, paper: Paper): Step[] | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '');
  if (carried.length === 0) return undefined;
  if (paper.lowest === undefined) return withdrawalSteps(model, person, { ...paper, ticked: carried.map((one) => one.association.id) });
  const own = carried.map((one) => one.association.id);
  const elsewhere = memberOf(model, person).filter((id) => !own.includes(id));
  const chain = (upTo(model, paper) ?? []).filter((one) => !elsewhere.includes(one.id));
  const moved = (one: Association) => paper.moves.some((move) => move.association === one.id);
  const left = carried.filter(({ association }) => !chain.includes(association) && !moved(association));
  const joined = chain.filter((one) => !own.includes(one.id));
  if (left.length === 0 || joined.length === 0 || joined.some((one) => askedElsewhere(model, person, one.id))) return undefined;
  const common = carried.filter(({ association }) => chain.includes(association) || moved(association));
  return [
    ...left.map(({ association }, place) => step(association, { leg: 'leave', role: place === 0 ? 'decide' : 'acknowledge' })),
    ...joined.map((association) => step(association, { leg: 'join', role: 'decide', wished: paper.categories[association.id] ?? 0 })),
    ...common.map(({ association, category }) => {
      const wished = paper.categories[association.id] ?? category;
      return wished === category
        ? step(association, { leg: 'change', role: 'acknowledge' })
        : step(association, { leg: 'change', role: 'decide', wished });
    }),
  ];
}

/** One open application per person and affiliation (`rules.md 3.11`). */
export function hasRival(model: Model, one: Case): boolean {
  const affiliation = affiliationOf(model, one);
  return model.cases.some((other) => {
    if (other === one || other.person !== one.person || !isOpen(other)) return false;
    const theirs = other.affiliation;
    if (affiliation !== undefined || theirs !== undefined) return affiliation === theirs;
    return other.paper.kind === 'join' && other.paper.lowest === one.paper.lowest;
  });
}

/** A join continues the affiliation that carries the lowest association to the end, if there is one. */
export function affiliationOf(model: Model, one: Case): string | undefined {
  if (one.affiliation !== undefined || one.paper.kind !== 'join') return one.affiliation ?? one.paper.affiliation;
  const own = model.affiliations
    .filter((other) => other.person === one.person && other.lowest === one.paper.lowest)
    .map((other) => other.id);
  const alive = stretchesOf(known(model.ledger, model.tick), one.person).filter(
    (other) => own.includes(other.affiliation) && (other.to === undefined || other.to >= model.today),
  );
  const last = alive.sort((a, b) => ((a.to ?? '9999') < (b.to ?? '9999') ? 1 : -1))[0];
  return last?.affiliation;
}

export function stepsOf(model: Model, person: number, paper: Paper): Step[] | undefined {
  const plan = { join: joinSteps, withdrawal: withdrawalSteps, change: changeSteps, transfer: transferSteps }[paper.kind];
  return plan(model, person, paper);
}

/** Whose 希望年月日 window holds: the lowest association asked (`rules.md 4.1`). */
export function inWishWindow(steps: readonly Step[], wishedOn: Day, today: Day): boolean {
  const lowest = [...steps].filter((one) => one.leg === 'join').sort((a, b) => b.layer - a.layer)[0] ?? steps[0];
  if (lowest === undefined) return false;
  const { back, ahead } = lowest.settings.wishWindow;
  return plus(today, -back) <= wishedOn && wishedOn <= plus(today, ahead);
}
