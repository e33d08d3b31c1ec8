import type { Outcome } from '#kernel/refusal.ts';
import { newId } from '#kernel/id.ts';
import { chooseDestination, leaveUndecided } from '#features/application/commands/choose-destination.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { saveChange } from '#features/application/commands/save-change.ts';
import { saveTransfer } from '#features/application/commands/save-transfer.ts';
import { saveWithdrawal } from '#features/application/commands/save-withdrawal.ts';
import { run } from '#platform/command/command.ts';
import { carriedBy } from '../reference/carrying.ts';
import type { Paper } from '../reference/state.ts';
import { associationOf } from '../reference/state.ts';
import type { Sheet } from './fields.ts';
import { chainOf, namedIn, postedCategories, postedMoves } from './fields.ts';
import type { Play } from './stage.ts';

/** 退会届 and 異動届 as their first pages are filled in. */

/** What the affiliation of the paper carries now, lowest first. */
export function carriedNow(play: Play, paper: Paper): number[] {
  const affiliation = play.model.affiliations.find((one) => one.id === paper.affiliation);
  if (affiliation === undefined) return [];
  return carriedBy(play.model, affiliation.person, affiliation.id).map((one) => one.association.id);
}

function affiliationId(play: Play, paper: Paper): string {
  return play.affiliations.get(paper.affiliation ?? '') ?? newId();
}

export async function writeWithdrawal({ play, ctx, paper, at }: Sheet): Promise<Outcome<{ id: string }>> {
  return await run(saveWithdrawal, ctx, {
    ...at,
    leave: paper.ticked.map(String),
    moves: postedMoves(play, paper, carriedNow(play, paper).slice(1)),
    details: { wishedOn: paper.wishedOn, reason: 'W01', reasonText: '' },
    complete: true,
  });
}

export async function writeChange({ play, ctx, paper, at }: Sheet): Promise<Outcome<{ id: string }>> {
  return await run(saveChange, ctx, {
    ...at,
    affiliationId: affiliationId(play, paper),
    reason: 'C06',
    categories: postedCategories(paper, at.id === '' ? carriedNow(play, paper) : paper.before),
  });
}

/** Reason and origin, then the destination; a draft without one is thrown away again. */
export async function writeTransfer(sheet: Sheet): Promise<Outcome<{ id: string }>> {
  const { play, ctx, paper, at } = sheet;
  const begun =
    at.id === '' ? await run(saveTransfer, ctx, { ...at, affiliationId: affiliationId(play, paper), reason: 'T02' }) : undefined;
  if (begun?.ok === false) return begun;
  const id = begun?.value.id ?? at.id;
  const on = { id, version: at.version ?? 1 };
  const led = await writeDestination(sheet, on);
  if (!led.ok && begun !== undefined) await run(deleteDraft, ctx, on);
  return led;
}

async function writeDestination({ play, ctx, paper }: Sheet, on: { id: string; version: number }): Promise<Outcome<{ id: string }>> {
  const moves = postedMoves(play, paper, carriedNow(play, paper).slice(1));
  const { lowest } = paper;
  if (lowest === undefined) return await run(leaveUndecided, ctx, { ...on, moves });
  const chain = chainOf(play, lowest);
  return await run(chooseDestination, ctx, {
    ...on,
    way: 'association',
    lowestAssociationId: lowest,
    direct: associationOf(play.model, lowest).layer === 2 ? 'on' : '',
    ticked: namedIn(play, paper).map(String),
    categories: postedCategories(paper, chain),
    moves,
  });
}
