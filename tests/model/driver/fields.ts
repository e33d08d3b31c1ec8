import type { Context } from '#platform/context.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { categoryField } from '#features/application/schema.ts';
import type { Paper } from '../reference/state.ts';
import { associationOf, chainFrom } from '../reference/state.ts';
import type { Play } from './stage.ts';

/** A paper of the model as the fields of the product's forms. */

/** `at` is the draft or the returned case; an empty id begins one. */
export type Sheet = { play: Play; ctx: Context; paper: Paper; at: { id: string; version?: number } };

export function chainOf(play: Play, lowest: number): number[] {
  return chainFrom(play.model, lowest).map((one) => one.id);
}

/** Associations that are ticked: a 入会届 that was sent once keeps those it asked for. */
export function namedIn(play: Play, paper: Paper): number[] {
  const lowest = paper.lowest ?? 0;
  const asked = paper.kind === 'join' ? paper.asked : undefined;
  return chainOf(play, lowest).filter((id) =>
    asked === undefined ? id === lowest || associationOf(play.model, id).layer >= paper.top : asked.includes(id),
  );
}

export function postedCategories(paper: Paper, associations: readonly number[]): Record<string, string> {
  return Object.fromEntries(associations.map((id) => [categoryField(id), String(paper.categories[id] ?? '')]));
}

/** Of every upper membership it is said where it goes on, or that it ends. */
export function postedMoves(play: Play, paper: Paper, uppers: readonly number[]): Record<string, string> {
  const to = (id: number) => paper.moves.find((move) => move.association === id)?.to;
  return Object.fromEntries(uppers.map((id) => [categoryField(id), play.affiliations.get(to(id) ?? '') ?? 'end']));
}

const work: RawDetails = { workCode: '11', positionCode: '02', designations: ['01'] };

/** Step 2 as typed: a workplace that nobody knows yet, or the one that stays. */
export function typedDetails(paper: Paper): RawDetails {
  const { wishedOn } = paper;
  const gapReason = paper.gapReason ? '転居のため' : '';
  if (paper.kind === 'transfer' && paper.lowest === undefined) return { leaveOn: paper.leaveOn ?? wishedOn };
  if (paper.kind === 'transfer') return { ...work, facilityUndecided: 'on', wishedOn, leaveOn: paper.leaveOn ?? '', gapReason };
  if (paper.kind === 'join') return { ...work, facilityUndecided: 'on', wishedOn };
  return { ...work, wishedOn, ...(paper.newPlace ? { facilityName: '新しい病院' } : { keepFacility: 'on' }) };
}
