import type { Outcome } from '#kernel/refusal.ts';
import { newId } from '#kernel/id.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { chooseAssociations } from '#features/application/commands/choose-associations.ts';
import { attachDocument } from '#features/application/commands/papers.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { resubmitJoin } from '#features/application/commands/resubmit-join.ts';
import { resubmitChange, resubmitTransfer } from '#features/application/commands/resubmit-move.ts';
import { resubmitWithdrawal } from '#features/application/commands/resubmit-withdrawal.ts';
import { submitChange } from '#features/application/commands/submit-change.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import { submitTransfer } from '#features/application/commands/submit-transfer.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Attempt } from '../reference/reference.ts';
import { caseOf } from '../reference/reference.ts';
import type { Kind, Paper } from '../reference/state.ts';
import { associationOf } from '../reference/state.ts';
import { chainOf, namedIn, postedCategories, typedDetails } from './fields.ts';
import type { Sheet } from './fields.ts';
import { writeChange, writeTransfer, writeWithdrawal } from './moves.ts';
import type { Play } from './stage.ts';
import { contextOf } from './stage.ts';

/** Papers as the doctor fills them in page by page and sends them, kind by kind, with the commands of the pages. */

const licence = {
  kind: 'licence',
  title: '医師免許証',
  fileName: '医師免許証.pdf',
  mediaType: 'application/pdf',
  size: 1000,
  sha256: '0'.repeat(64),
};

/** Step 1 of 入会届. */
async function writeJoin({ play, ctx, paper, at }: Sheet): Promise<Outcome<{ id: string }>> {
  const lowest = paper.lowest ?? 0;
  const chain = chainOf(play, lowest);
  return await run(chooseAssociations, ctx, {
    ...at,
    way: 'association',
    lowestAssociationId: lowest,
    direct: associationOf(play.model, lowest).layer === 2 ? 'on' : '',
    ticked: namedIn(play, paper).map(String),
    categories: postedCategories(paper, chain),
  });
}

const firstPages = { join: writeJoin, withdrawal: writeWithdrawal, change: writeChange, transfer: writeTransfer };

async function versionOf(play: Play, id: string): Promise<number> {
  const { rows } = await play.lane.owner.query<{ version: number }>('SELECT version FROM application WHERE id = $1', [id]);
  return rows[0]?.version ?? 0;
}

/** All pages of a paper. Where one of them is refused, nothing is left. */
export async function draftPaper(play: Play, { person, paper }: Extract<Attempt, { do: 'draft' }>): Promise<Outcome<{ id: string }>> {
  const ctx = contextOf(play, { doctor: person });
  const written = await firstPages[paper.kind]({ play, ctx, paper, at: { id: '' } });
  if (!written.ok || paper.kind === 'withdrawal') return written;
  const { id } = written.value;
  if (paper.kind === 'join') {
    const attached = await run(attachDocument, ctx, { ...licence, id, version: await versionOf(play, id), fileId: newId() });
    if (!attached.ok) throw new Error('the licence was refused');
  }
  const version = await versionOf(play, id);
  const saved = await run(saveDetails, ctx, { id, version, details: typedDetails(paper), complete: true });
  if (saved.ok) return written;
  await run(deleteDraft, ctx, { id, version });
  return saved;
}

type Sending = { ctx: Context; at: { id: string; version: number }; caseId: number };

const submissions = { join: submitJoin, withdrawal: submitWithdrawal, change: submitChange, transfer: submitTransfer };

export async function submitPaper(play: Play, { ctx, at, caseId }: Sending): Promise<Outcome<unknown>> {
  return await run(submissions[kindOf(play, caseId)], ctx, at, newId());
}

function kindOf(play: Play, caseId: number): Kind {
  return caseOf(play.model, caseId)?.paper.kind ?? 'join';
}

type Resubmission = {
  ctx: Context;
  at: { id: string; version: number };
  step: Extract<Attempt, { do: 'resubmit' }>;
  before: Paper | undefined;
};

const resubmissions = { join: resubmitJoin, withdrawal: resubmitWithdrawal, change: resubmitChange, transfer: resubmitTransfer };

/** A returned paper, corrected where something is given, sent again. */
export async function resubmitPaper(play: Play, { ctx, at, step, before }: Resubmission): Promise<Outcome<unknown>> {
  const corrected = await correct(play, { ctx, at, step, before });
  if (!corrected.ok) return corrected;
  const version = at.version + corrected.value;
  return await run(resubmissions[kindOf(play, step.case)], ctx, { id: at.id, version }, newId());
}

async function isReturned(play: Play, id: string): Promise<boolean> {
  const { rows } = await play.lane.owner.query("SELECT FROM application WHERE id = $1 AND state = 'returned'", [id]);
  return rows.length > 0;
}

/** Goes over the pages that hold what is to be corrected; how many versions that made. */
async function correct(play: Play, { ctx, at, step, before }: Resubmission): Promise<Outcome<number>> {
  const { wishedOn, leaveOn, categories } = step.correction;
  const days = wishedOn !== undefined || leaveOn !== undefined;
  // A draft could be written on too, but nobody corrects what was not returned.
  if (before === undefined || !(await isReturned(play, at.id)) || (!days && categories === undefined)) return { ok: true, value: 0 };
  const paper: Paper = {
    ...before,
    wishedOn: wishedOn ?? before.wishedOn,
    leaveOn: leaveOn ?? before.leaveOn,
    categories: { ...before.categories, ...categories },
  };
  let made = 0;
  if (categories !== undefined || paper.kind === 'withdrawal') {
    const outcome = await firstPages[paper.kind]({ play, ctx, paper, at });
    if (!outcome.ok) return outcome;
    made = (await versionOf(play, at.id)) - at.version;
  }
  if (!days || paper.kind === 'withdrawal') return { ok: true, value: made };
  const saved = await run(saveDetails, ctx, { id: at.id, version: at.version + made, details: typedDetails(paper), complete: true });
  return saved.ok ? { ok: true, value: made + 1 } : saved;
}
