import type { Day } from '#kernel/day.ts';
import { cascadeUp } from './plan.ts';
import type { UpperQuestion } from './upper-rules.ts';
import { demandErrors, endedOf, forbidden, moveErrors, openLines, sharedLines } from './upper-rules.ts';
import { withdrawalTexts } from './withdrawal-messages.ts';

/** Which associations a 退会届 may name, and what becomes of shared upper memberships (`rules.md 3.5`, `screens.md D-11`). Pure. */

/** One membership that an affiliation carries; `leavesOn`: its end is decided already. */
export type CarriedLine = { associationId: number; layer: number; name: string; joinedOn: Day; leavesOn: Day | undefined };

export type CarryingAffiliation = {
  id: string;
  facility: string;
  isPrimary: boolean;
  /** Lowest first. */
  lines: readonly CarriedLine[];
  /** Every association from its lowest one up, whoever carries the membership there; lowest first. */
  chain: readonly number[];
};

export type LeaveQuestion = UpperQuestion<CarryingAffiliation> & { ticked: readonly number[] };

/** What ticking ends: each ticked association and every layer above it in the affiliation. */
export function leavingLines(affiliation: CarryingAffiliation, ticked: readonly number[]): CarriedLine[] {
  return cascadeUp(openLines(affiliation), ticked).flatMap((place) =>
    openLines(affiliation).filter((line) => line.associationId === place.associationId),
  );
}

export type LeaveAnswer =
  | { ok: true; affiliation: CarryingAffiliation; leave: CarriedLine[]; moves: { associationId: number; affiliationId: string }[] }
  | { ok: false; fields: Record<string, string[]> };

function upperOnlyErrors(
  question: LeaveQuestion,
  { affiliation, leave }: { affiliation: CarryingAffiliation; leave: CarriedLine[] },
): string[] {
  const [lowest] = openLines(affiliation);
  if (lowest === undefined || leave[0]?.associationId === lowest.associationId) return [];
  return forbidden(lowest, endedOf(question, leave), question.settingsOf(lowest.associationId)) ?? [];
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
