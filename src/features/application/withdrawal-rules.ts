import type { Day } from '#kernel/day.ts';
import { cascadeUp } from './plan.ts';
import { withdrawalTexts } from './withdrawal-messages.ts';

/** Which associations a 退会届 may name, and what becomes of shared upper memberships (`rules.md 3.5`, `screens.md D-11`). Pure. */

/** One membership that an affiliation carries; `leavesOn`: its end is decided already. */
export type CarriedLine = { associationId: number; layer: number; name: string; joinedOn: Day; leavesOn: Day | undefined };

export type LeaveSettings = { allowUpperOnlyWithdrawal: boolean; requiredUpperLayers: 'none' | 'prefecture' | 'all' };

export type CarryingAffiliation = {
  id: string;
  facility: string;
  isPrimary: boolean;
  /** Lowest first. */
  lines: readonly CarriedLine[];
  /** Every association from its lowest one up, whoever carries the membership there; lowest first. */
  chain: readonly number[];
};

export type LeaveQuestion = {
  affiliations: readonly CarryingAffiliation[];
  affiliationId: string;
  ticked: readonly number[];
  moves: readonly { associationId: number; affiliationId: string }[];
  settingsOf: (associationId: number) => LeaveSettings;
};

/** The lines of an affiliation whose end is not decided yet. */
export function openLines<Line extends CarriedLine>(affiliation: { lines: readonly Line[] }): Line[] {
  return affiliation.lines.filter((line) => line.leavesOn === undefined);
}

/** What ticking ends: each ticked association and every layer above it in the affiliation. */
export function leavingLines(affiliation: CarryingAffiliation, ticked: readonly number[]): CarriedLine[] {
  return cascadeUp(openLines(affiliation), ticked).flatMap((place) =>
    openLines(affiliation).filter((line) => line.associationId === place.associationId),
  );
}

/** Which other affiliations go on below a shared upper association, so that its membership could move there. */
export function moveTargets(question: Omit<LeaveQuestion, 'moves' | 'settingsOf'>, associationId: number): CarryingAffiliation[] {
  return question.affiliations.filter((other) => {
    if (other.id === question.affiliationId || !other.chain.includes(associationId)) return false;
    return openLines(other).length > 0;
  });
}

function layersBelow(chain: readonly number[], associationId: number): readonly number[] {
  return chain.slice(0, chain.indexOf(associationId));
}

/** A membership moves only where every layer below it goes on: carried there, or moved there too (`rules.md 1.5`). */
function standsOn(question: LeaveQuestion, target: CarryingAffiliation, associationId: number): boolean {
  return layersBelow(target.chain, associationId).every(
    (below) =>
      openLines(target).some((line) => line.associationId === below) ||
      question.moves.some((move) => move.associationId === below && move.affiliationId === target.id) ||
      question.affiliations.some(
        (other) =>
          other.id !== question.affiliationId && other.id !== target.id && openLines(other).some((line) => line.associationId === below),
      ),
  );
}

type Named = { associationId: number; layer: number; name: string };

/** Why the settings of the lowest association that stays forbid leaving only some upper ones; undefined when they allow it. */
function forbidden(lowest: Named, left: readonly Named[], settings: LeaveSettings): string[] | undefined {
  const demanded = settings.requiredUpperLayers === 'all' ? 1 : settings.requiredUpperLayers === 'prefecture' ? 2 : 4;
  const kept = left.filter((line) => line.layer >= demanded);
  const uppers = settings.allowUpperOnlyWithdrawal ? kept : left;
  return uppers.length === 0 ? undefined : [withdrawalTexts.upperOnly(lowest.name, uppers.map((line) => line.name).join('、'))];
}

export type LeaveAnswer =
  | { ok: true; affiliation: CarryingAffiliation; leave: CarriedLine[]; moves: { associationId: number; affiliationId: string }[] }
  | { ok: false; fields: Record<string, string[]> };

/** The uppers whose fate is to be chosen; the lowest one left always ends. */
export function sharedLines(question: Omit<LeaveQuestion, 'moves' | 'settingsOf'>, leave: readonly CarriedLine[]): CarriedLine[] {
  return leave.slice(1).filter((line) => moveTargets(question, line.associationId).length > 0);
}

function moveErrors(question: LeaveQuestion, leave: readonly CarriedLine[]): Record<string, string[]> {
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
function demandErrors(question: LeaveQuestion, leave: readonly CarriedLine[]): string[] {
  return question.affiliations.flatMap((other) => {
    const lowest = openLines(other)[0];
    if (other.id === question.affiliationId || lowest === undefined) return [];
    const ended = leave.filter(
      (line) =>
        other.chain.includes(line.associationId) &&
        (question.moves.find((move) => move.associationId === line.associationId)?.affiliationId ?? '') === '',
    );
    const settings = { ...question.settingsOf(lowest.associationId), allowUpperOnlyWithdrawal: true };
    return forbidden(lowest, ended, settings) ?? [];
  });
}

/** The name of the radio for one shared upper association. */
export function moveField(associationId: number): string {
  return `moves.${String(associationId).padStart(5, '0')}`;
}

function upperOnlyErrors(
  question: LeaveQuestion,
  { affiliation, leave }: { affiliation: CarryingAffiliation; leave: CarriedLine[] },
): string[] {
  const [lowest] = openLines(affiliation);
  if (lowest === undefined || leave[0]?.associationId === lowest.associationId) return [];
  const ended = leave.filter(
    (line) => (question.moves.find((move) => move.associationId === line.associationId)?.affiliationId ?? '') === '',
  );
  return forbidden(lowest, ended, question.settingsOf(lowest.associationId)) ?? [];
}

/** Everything that is wrong with step 1 of 退会届, or what it asks for with the upward cascade computed. */
export function judgeLeave(asked: LeaveQuestion): LeaveAnswer {
  const affiliation = asked.affiliations.find((one) => one.id === asked.affiliationId);
  const leave = affiliation === undefined ? [] : leavingLines(affiliation, asked.ticked);
  if (affiliation === undefined || leave.length === 0) return { ok: false, fields: { leave: [withdrawalTexts.choose] } };
  if (asked.ticked.some((id) => !leave.some((line) => line.associationId === id))) {
    return { ok: false, fields: { leave: [withdrawalTexts.oneAffiliation] } };
  }
  const shared = sharedLines(asked, leave);
  const moves = asked.moves.filter((move) => shared.some((line) => line.associationId === move.associationId));
  const question = { ...asked, moves };
  const messages = [...upperOnlyErrors(question, { affiliation, leave }), ...demandErrors(question, leave)];
  const fields = { ...(messages.length > 0 ? { leave: messages } : {}), ...moveErrors(question, leave) };
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, affiliation, leave, moves };
}
