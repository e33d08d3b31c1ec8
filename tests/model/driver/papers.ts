import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { chooseAssociations } from '#features/application/commands/choose-associations.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { attachDocument } from '#features/application/commands/papers.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { resubmitJoin } from '#features/application/commands/resubmit-join.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import { categoryField } from '#features/application/schema.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Attempt } from '../reference/reference.ts';
import { caseOf } from '../reference/reference.ts';
import type { Paper } from '../reference/state.ts';
import { chainFrom } from '../reference/state.ts';
import { fileDraft, sendDraft } from './filing.ts';
import type { Play } from './stage.ts';
import { contextOf } from './stage.ts';

/** Papers as the doctor fills them in, kind by kind. */

const details = { facilityUndecided: 'on', workCode: '11', positionCode: '02', designations: ['01'] };

const licence = {
  version: 1,
  kind: 'licence',
  title: '医師免許証',
  fileName: '医師免許証.pdf',
  mediaType: 'application/pdf',
  size: 1000,
  sha256: '0'.repeat(64),
};

/** Steps 1 and 2 of 入会届, and its paper. Where step 2 is refused, nothing is left. */
async function draftJoin(play: Play, ctx: Context, paper: Paper): Promise<Outcome<{ id: string }>> {
  const lowest = paper.lowest ?? 0;
  const chain = chainFrom(play.model, lowest);
  const chosen = await run(chooseAssociations, ctx, {
    way: 'association',
    lowestAssociationId: lowest,
    direct: chain[0]?.layer === 2 ? 'on' : '',
    ticked: chain.filter((one) => one.layer === chain[0]?.layer || one.layer >= paper.top).map((one) => one.id),
    categories: Object.fromEntries(chain.map((one) => [categoryField(one.id), String(paper.categories[one.id] ?? '')])),
  });
  if (!chosen.ok) return chosen;
  const { id } = chosen.value;
  const attached = await run(attachDocument, ctx, { ...licence, id, fileId: newId() });
  if (!attached.ok) throw new Error('the licence was refused');
  const saved = await run(saveDetails, ctx, { id, version: 1, details: { ...details, wishedOn: paper.wishedOn }, complete: true });
  if (saved.ok) return chosen;
  await run(deleteDraft, ctx, { id, version: 1 });
  return saved;
}

export async function draftPaper(play: Play, { person, paper }: Extract<Attempt, { do: 'draft' }>): Promise<Outcome<{ id: string }>> {
  const ctx = contextOf(play, { doctor: person });
  return paper.kind === 'join' ? await draftJoin(play, ctx, paper) : await run(fileDraft(play, paper), ctx, {});
}

type Sending = { ctx: Context; at: { id: string; version: number }; caseId: number };

export async function submitPaper(play: Play, { ctx, at, caseId }: Sending): Promise<Outcome<unknown>> {
  const paper = caseOf(play.model, caseId)?.paper;
  if (paper === undefined || paper.kind === 'join') return await run(submitJoin, ctx, at, newId());
  return await run(sendDraft(play, paper), ctx, at);
}

type Resubmission = { ctx: Context; at: { id: string; version: number }; step: Extract<Attempt, { do: 'resubmit' }> };

/** A returned paper, with another wish where one is given, sent again. */
export async function resubmitPaper(play: Play, { ctx, at, step }: Resubmission): Promise<Outcome<unknown>> {
  if (step.wishedOn === undefined || step.stale === true || !(await isReturned(play, at.id)))
    return await run(resubmitJoin, ctx, at, newId());
  const saved = await run(saveDetails, ctx, { ...at, details: { ...details, wishedOn: step.wishedOn }, complete: true });
  return saved.ok ? await run(resubmitJoin, ctx, { id: at.id, version: at.version + 1 }, newId()) : saved;
}

async function isReturned(play: Play, id: string): Promise<boolean> {
  const { rows } = await play.lane.owner.query("SELECT FROM application WHERE id = $1 AND state = 'returned'", [id]);
  return rows.length > 0;
}
