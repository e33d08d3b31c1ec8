import { carriedBy, livingOf } from './carrying.ts';
import type { Affiliation, Association, Model, Paper } from './state.ts';
import { chainFrom, isOpen } from './state.ts';

/** Upper memberships that several affiliations of one person share (`rules.md 1.4, 1.5, 3.5, 3.6, 4.1`). */

type Leaving = {
  paper: Paper;
  /** What the affiliation does not carry any more; lowest first. */
  left: readonly Association[];
  /** The new chain of a transfer. */
  chain?: readonly Association[];
};

function reaches(model: Model, affiliation: Affiliation, association: Association): boolean {
  return chainFrom(model, affiliation.lowest).includes(association);
}

/** Another affiliation is not about to change itself. */
function isFree(model: Model, affiliation: string): boolean {
  return !model.cases.some((one) => one.affiliation === affiliation && isOpen(one));
}

/** Every layer below in the affiliation that takes the membership goes on: carried, coming along, or joined now. */
function hasGround(model: Model, { affiliation, at }: { affiliation: Affiliation; at: Association }, going: readonly string[]): boolean {
  const chain = chainFrom(model, affiliation.lowest);
  const below = chain.slice(0, chain.indexOf(at));
  return below.every((one) => going.includes(`${one.id} anywhere`) || going.includes(`${one.id} ${affiliation.id}`));
}

/** An affiliation that goes on keeps the layers its own lowest association demands. */
function keepsDemanded(model: Model, other: Affiliation, ended: readonly Association[]): boolean {
  const lowest = carriedBy(model, other.person, other.id)[0]?.association;
  const demanded = { none: 5, prefecture: 2, all: 1 }[lowest?.settings.requiredUpperLayers ?? 'none'];
  return ended.every((one) => !reaches(model, other, one) || one.layer < demanded);
}

/** The moves that count, or undefined where they may not be: the lowest one left always ends, of those above it is to be said. */
export function movesThatHold(model: Model, person: number, { paper, left, chain = [] }: Leaving): Paper['moves'] | undefined {
  const others = livingOf(model, person).filter((one) => one.id !== paper.affiliation);
  const shared = left.slice(1).filter((one) => others.some((other) => reaches(model, other, one)));
  if (paper.settled !== undefined && shared.some((one) => paper.settled?.includes(one.id) === false)) return undefined;
  const moves = paper.moves.filter((move) => shared.some((one) => one.id === move.association));
  const going = [
    ...others.flatMap((other) => carriedBy(model, person, other.id).map(({ association }) => `${association.id} anywhere`)),
    ...chain.map((one) => `${one.id} anywhere`),
    ...moves.map((move) => `${move.association} ${move.to}`),
  ];
  for (const move of moves) {
    const affiliation = others.find((one) => one.id === move.to);
    const at = shared.find((one) => one.id === move.association);
    if (affiliation === undefined || at === undefined || !reaches(model, affiliation, at)) return undefined;
    if (!isFree(model, affiliation.id) || !hasGround(model, { affiliation, at }, going)) return undefined;
  }
  const ended = left.filter((one) => !moves.some((move) => move.association === one.id));
  return others.every((other) => keepsDemanded(model, other, ended)) ? moves : undefined;
}
