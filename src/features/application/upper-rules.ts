import type { Day } from '#kernel/day.ts';
import { withdrawalTexts } from './withdrawal-messages.ts';

/** What becomes of upper memberships that several affiliations of one person share (`rules.md 1.4, 1.5, 3.5, 3.6, 4.1`). Pure. */

export type Named = { associationId: number; layer: number; name: string };

/** One membership that an affiliation carries; `leavesOn`: its end is decided already. */
type HeldPlace = Named & { leavesOn?: Day | undefined };

type Holder<Place extends HeldPlace = HeldPlace> = {
  id: string;
  /** Lowest first. */
  lines: readonly Place[];
  /** Every association from its lowest one up, whoever carries the membership there; lowest first. */
  chain: readonly number[];
};

export type UpperSettings = { allowUpperOnlyWithdrawal: boolean; requiredUpperLayers: 'none' | 'prefecture' | 'all' };

export type UpperQuestion<Affiliation extends Holder = Holder> = {
  affiliations: readonly Affiliation[];
  affiliationId: string;
  moves: readonly { associationId: number; affiliationId: string }[];
  settingsOf: (associationId: number) => UpperSettings;
  /** What the same paper joins or keeps. */
  going?: readonly number[];
};

/** The lines of an affiliation whose end is not decided yet. */
export function openLines<Line extends HeldPlace>(affiliation: { lines: readonly Line[] }): Line[] {
  return affiliation.lines.filter((line) => line.leavesOn === undefined);
}

type Sharing<Affiliation extends Holder> = Pick<UpperQuestion<Affiliation>, 'affiliations' | 'affiliationId'>;

/** Which other affiliations go on below a shared upper association, so that its membership could move there. */
export function moveTargets<Affiliation extends Holder>(question: Sharing<Affiliation>, associationId: number): Affiliation[] {
  return question.affiliations.filter(
    (other) => other.id !== question.affiliationId && other.chain.includes(associationId) && openLines(other).length > 0,
  );
}

/** The uppers whose fate is to be chosen; the lowest one left always ends. */
export function sharedLines<Line extends Named>(question: Sharing<Holder>, leave: readonly Line[]): Line[] {
  return leave.slice(1).filter((line) => moveTargets(question, line.associationId).length > 0);
}

/** A membership moves only where every layer below it goes on: carried there, moved there too, or joined now (`rules.md 1.5`). */
function standsOn(question: UpperQuestion, target: Holder, associationId: number): boolean {
  const carries = (other: Holder, id: number) => openLines(other).some((line) => line.associationId === id);
  return target.chain
    .slice(0, target.chain.indexOf(associationId))
    .every(
      (below) =>
        question.going?.includes(below) === true ||
        question.moves.some((move) => move.associationId === below && move.affiliationId === target.id) ||
        question.affiliations.some((other) => other.id !== question.affiliationId && carries(other, below)),
    );
}

/** Why the settings of the lowest association that stays forbid leaving only some upper ones; undefined when they allow it. */
export function forbidden(lowest: Named, left: readonly Named[], settings: UpperSettings): string[] | undefined {
  const demanded = settings.requiredUpperLayers === 'all' ? 1 : settings.requiredUpperLayers === 'prefecture' ? 2 : 4;
  const kept = left.filter((line) => line.layer >= demanded);
  const uppers = settings.allowUpperOnlyWithdrawal ? kept : left;
  return uppers.length === 0 ? undefined : [withdrawalTexts.upperOnly(lowest.name, uppers.map((line) => line.name).join('、'))];
}

/** What of the leaving lines does not go on with another affiliation. */
export function endedOf<Line extends Named>({ moves }: Pick<UpperQuestion, 'moves'>, leave: readonly Line[]): Line[] {
  return leave.filter((line) => (moves.find((move) => move.associationId === line.associationId)?.affiliationId ?? '') === '');
}

/** The name of the radio for one shared upper association. */
export function moveField(associationId: number): string {
  return `moves.${String(associationId).padStart(5, '0')}`;
}

/** Shared uppers of which nothing is said, or that cannot go where they should, by field. */
export function moveErrors(question: UpperQuestion, leave: readonly Named[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const line of sharedLines(question, leave)) {
    const chosen = question.moves.find((move) => move.associationId === line.associationId);
    const target = moveTargets(question, line.associationId).find((one) => one.id === chosen?.affiliationId);
    const code = moveField(line.associationId);
    if (chosen === undefined || (chosen.affiliationId !== '' && target === undefined)) fields[code] = [withdrawalTexts.chooseMove];
    else if (target !== undefined && !standsOn(question, target, line.associationId)) fields[code] = [withdrawalTexts.moveNeedsLower];
  }
  return fields;
}

/** Another affiliation that goes on must keep the upper layers its own lowest association demands. */
export function demandErrors(question: UpperQuestion, leave: readonly Named[]): string[] {
  return question.affiliations.flatMap((other) => {
    const lowest = openLines(other)[0];
    if (other.id === question.affiliationId || lowest === undefined) return [];
    const ended = endedOf(question, leave).filter((line) => other.chain.includes(line.associationId));
    return forbidden(lowest, ended, { ...question.settingsOf(lowest.associationId), allowUpperOnlyWithdrawal: true }) ?? [];
  });
}
