import { carriedBy, livingOf } from './carrying.ts';
import { known, stretchesOf } from './ledger.ts';
import { movesThatHold } from './sharing.ts';
import type { Association, Case, Leg, Model, Paper, Role, Step } from './state.ts';
import { associationOf, chainFrom, isOpen } from './state.ts';

/** Which associations a paper touches, in which part and order (`rules.md 3.2`–`3.7`); undefined where it may not be sent. */

/** What an open paper without destination is to leave: a later join may follow it before anybody has decided (`rules.md 3.6`). */
function leavingWithoutDestination(model: Model, person: number): number[] {
  return model.cases
    .filter((one) => one.person === person && isOpen(one) && one.paper.kind === 'transfer' && one.paper.lowest === undefined)
    .flatMap((one) => one.steps.filter((other) => other.leg === 'leave' && other.role !== 'receive').map((other) => other.association));
}

/** Where the person is a member and stays one, whoever carries it; what ends can be joined anew. */
function memberOf(model: Model, person: number): number[] {
  const leaving = leavingWithoutDestination(model, person);
  return stretchesOf(known(model.ledger, model.tick), person)
    .filter((one) => one.to === undefined && !leaving.includes(one.association))
    .map((one) => one.association);
}

export type Plan = { steps: Step[]; moves: Paper['moves'] };

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
    first: undefined,
    correction: false,
    settings: structuredClone(association.settings),
  };
}

/** Another open case asks to join this association already. */
export function askedElsewhere(model: Model, person: number, association: number): boolean {
  return model.cases.some(
    (one) => one.person === person && isOpen(one) && one.steps.some((other) => other.leg === 'join' && other.association === association),
  );
}

/**
 * The associations of a chain up to the layer wished, or to the one that the lowest association demands (`rules.md 4.1`);
 * `going` go on in any case.
 */
function upTo(model: Model, paper: Paper, going: readonly number[] = []): Association[] | undefined {
  const chain = chainFrom(model, paper.lowest ?? 0);
  const [lowest] = chain;
  if (lowest === undefined || (lowest.layer === 2 && !lowest.settings.directJoin)) return undefined;
  const demanded = { none: 4, prefecture: 2, all: 1 }[lowest.settings.requiredUpperLayers];
  const wished = paper.asked === undefined ? [paper.top] : paper.asked.map((id) => associationOf(model, id).layer);
  const common = chain.filter((one) => going.includes(one.id)).map((one) => one.layer);
  const top = Math.min(demanded, ...wished, ...common);
  return chain.filter((one) => one.layer === lowest.layer || one.layer >= top);
}

/** A draft holds to what it names: where more would be needed by now, it must be written again (`rules.md 3.4`). */
function isNamed(paper: Paper, chosen: readonly Association[]): boolean {
  return paper.asked === undefined || chosen.every((one) => paper.asked?.includes(one.id));
}

function joinPlan(model: Model, person: number, paper: Paper): Plan | undefined {
  const members = memberOf(model, person);
  const chosen = (upTo(model, paper) ?? []).filter((one) => !members.includes(one.id));
  if (chosen.length === 0 || !isNamed(paper, chosen) || chosen.some((one) => askedElsewhere(model, person, one.id))) return undefined;
  return { steps: chosen.map((one) => step(one, { leg: 'join', role: 'decide', wished: paper.categories[one.id] ?? 0 })), moves: [] };
}

/** Ticking a layer ticks every layer above it; the lowest left decides, those below receive, those above acknowledge. */
function withdrawalPlan(model: Model, person: number, paper: Paper): Plan | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '').map((one) => one.association);
  const ticked = carried.filter((one) => paper.ticked.includes(one.id));
  const lowest = Math.max(0, ...ticked.map((one) => one.layer));
  const left = carried.filter((one) => one.layer <= lowest);
  const [decider, ...above] = left;
  const bottom = carried[0];
  if (decider === undefined || bottom === undefined || ticked.length < paper.ticked.length) return undefined;
  const moves = movesThatHold(model, person, { paper, left });
  if (moves === undefined) return undefined;
  const moved = (one: Association) => moves.some((move) => move.association === one.id);
  if (
    decider !== bottom &&
    !mayLeaveOnly(
      left.filter((one) => !moved(one)),
      bottom,
    )
  )
    return undefined;
  const steps = [
    ...carried.filter((one) => one.layer > lowest).map((one) => step(one, { leg: 'leave', role: 'receive' })),
    step(decider, { leg: 'leave', role: 'decide' }),
    ...above.map((one) => step(one, { leg: moved(one) ? 'change' : 'leave', role: 'acknowledge' })),
  ];
  return { steps, moves };
}

/** The lowest association may forbid to stay in it without those above (`rules.md 4.1`). */
function mayLeaveOnly(ended: readonly Association[], { settings }: Association): boolean {
  const demanded = { none: 5, prefecture: 2, all: 1 }[settings.requiredUpperLayers];
  return ended.length === 0 || (settings.allowUpperOnlyWithdrawal && ended.every((one) => one.layer < demanded));
}

/** Each association whose category changes decides, and the lowest always; the others acknowledge. */
function changePlan(model: Model, person: number, paper: Paper): Plan | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '');
  const changes = carried.filter(({ association, category }) => (paper.categories[association.id] ?? category) !== category);
  if (carried.length === 0 || (changes.length === 0 && !paper.newPlace)) return undefined;
  const steps = carried.map(({ association }, place) => {
    const changed = changes.some((one) => one.association.id === association.id);
    const wished = changed ? { wished: paper.categories[association.id] ?? 0 } : {};
    return step(association, { leg: 'change', role: changed || place === 0 ? 'decide' : 'acknowledge', ...wished });
  });
  return { steps, moves: [] };
}

/** Where the new chain begins in another affiliation, both go on as that one (`rules.md 1.3, 1.4`). */
function hostOf(model: Model, person: number, paper: Paper): string | undefined {
  return livingOf(model, person).find(
    (one) => one.id !== paper.affiliation && carriedBy(model, person, one.id).some(({ association }) => association.id === paper.lowest),
  )?.id;
}

/** Leave what is not in the new chain, join what is not in the old one, one change step in both. */
function transferPlan(model: Model, person: number, paper: Paper): Plan | undefined {
  const carried = carriedBy(model, person, paper.affiliation ?? '');
  const [bottom] = carried;
  if (bottom === undefined) return undefined;
  if (paper.lowest === undefined) return withdrawalPlan(model, person, { ...paper, ticked: carried.map((one) => one.association.id) });
  if (bottom.association.id === paper.lowest) return undefined;
  const own = carried.map((one) => one.association.id);
  const elsewhere = memberOf(model, person).filter((id) => !own.includes(id));
  const chain = (upTo(model, paper, own) ?? []).filter((one) => !elsewhere.includes(one.id));
  const gone = carried.filter(({ association }) => !chain.includes(association)).map((one) => one.association);
  const joined = chain.filter((one) => !own.includes(one.id));
  if (chain.length === 0 || !isNamed(paper, chain) || joined.some((one) => askedElsewhere(model, person, one.id))) return undefined;
  const moves = movesThatHold(model, person, { paper, left: gone, chain });
  if (moves === undefined) return undefined;
  const common = carried.filter(({ association }) => chain.includes(association));
  const steps = [
    ...gone
      .filter((one) => !moves.some((move) => move.association === one.id))
      .map((one, place) => step(one, { leg: 'leave', role: place === 0 ? 'decide' : 'acknowledge' })),
    ...joined.map((one) => step(one, { leg: 'join', role: 'decide', wished: paper.categories[one.id] ?? 0 })),
  ];
  const host = hostOf(model, person, paper);
  const over = host === undefined ? [] : chain.map((one) => ({ association: one.id, to: host }));
  const going = carried.filter(
    ({ association }) => common.some((one) => one.association === association) || !steps.some((one) => one.association === association.id),
  );
  for (const { association, category } of going) {
    const stays = !over.some((move) => move.association === association.id) && chain.includes(association);
    const wished = stays ? (paper.categories[association.id] ?? category) : category;
    steps.push(step(association, wished === category ? { leg: 'change', role: 'acknowledge' } : { leg: 'change', role: 'decide', wished }));
  }
  return steps.some((one) => one.role === 'decide') ? { steps, moves: [...moves, ...over] } : undefined;
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

export function planOf(model: Model, person: number, paper: Paper): Plan | undefined {
  const plan = { join: joinPlan, withdrawal: withdrawalPlan, change: changePlan, transfer: transferPlan }[paper.kind];
  return plan(model, person, paper);
}

/** The paper as its draft keeps it: what it names, and only the categories that it changes. */
export function kept(model: Model, person: number, paper: Paper): Paper | undefined {
  const plan = planOf(model, person, paper);
  if (plan === undefined) return undefined;
  const carried = carriedBy(model, person, paper.affiliation ?? '');
  const before = carried.map(({ association }) => association.id);
  const named = plan.steps.map((one) => one.association);
  const whole = { ...paper, asked: named, before, settled: before };
  if (paper.kind === 'withdrawal')
    return { ...whole, ticked: plan.steps.filter((one) => one.role !== 'receive').map((one) => one.association) };
  if (paper.kind === 'change') {
    const changed = plan.steps.flatMap((one) => (one.wished === undefined ? [] : [[one.association, one.wished] as const]));
    return { ...whole, categories: Object.fromEntries(changed) };
  }
  if (paper.lowest === undefined) return whole;
  const chain = chainFrom(model, paper.lowest).map((one) => one.id);
  const asked = named.filter((id) => chain.includes(id));
  const held = Object.fromEntries(carried.map(({ association, category }) => [association.id, category]));
  const categories = asked.map((id) => [id, paper.categories[id] ?? held[id] ?? 0]);
  return { ...whole, asked, categories: Object.fromEntries(categories) };
}
