import { associationsById } from '#features/association/queries/directory.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import { writeToOffice } from '#features/staff/commands/office-mail.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { facilityIn, wasForwarded, wasUnplanned } from './fields.ts';
import { awaitsJma, awaitsMergeDay, awaitsPrefecture, endedByJma, isTold } from './flow.ts';
import { kindLabels } from './labels.ts';
import { resultMail, waitingMail } from './mails/texts.ts';
import { continueFollowing, tellFollower } from './tell-followers.ts';
import type { Proposal } from './store.server.ts';
import { findProposal } from './store.server.ts';

const jmaId = 0;

async function about(ctx: Context, payload: EventPayload, work: (tx: WriteTransaction, row: Proposal) => Promise<void>): Promise<void> {
  const { proposalId } = payload;
  if (typeof proposalId !== 'string') throw new JobError('a proposal without its id');
  await writeTransaction(ctx, async (tx) => {
    const row = await findProposal(tx, proposalId);
    if (row === undefined) throw new JobError('a proposal that is not there');
    await work(tx, row);
    return { value: undefined, commit: true };
  });
}

async function nameOf(tx: WriteTransaction, ctx: Context, associationId: number): Promise<string> {
  return (await associationsById(tx, [associationId], ctx.today))[0]?.name ?? '';
}

const linkTo = (ctx: Context, row: Proposal) => `${ctx.site.origin}/office/facilities/proposals/${row.id}`;

/** M-40 to who decides next; an office that decides about its own proposal needs none. */
async function askToDecide(ctx: Context, tx: WriteTransaction, row: Proposal): Promise<void> {
  const merge = awaitsJma(row.state);
  const associationId = merge ? jmaId : row.deciderId;
  if (!merge && (!awaitsPrefecture(row.state) || row.deciderId === row.associationId)) return;
  const from = await nameOf(tx, ctx, row.associationId);
  const text = waitingMail({ kind: kindLabels[row.kind], from, link: linkTo(ctx, row), merge });
  await writeToOffice(tx, ctx, { associationId, template: 'M-40', key: `facility:${row.id}:${merge ? 'merge' : 'review'}`, ...text });
}

/** M-46 to the office that proposed, unless it has decided itself or taken its proposal back. */
async function tellResult(ctx: Context, tx: WriteTransaction, row: Proposal): Promise<void> {
  const unplanned = awaitsJma(row.state) && wasUnplanned(row.content);
  const byPrefecture = !unplanned && !endedByJma(row.state, wasForwarded(row.content));
  if (!isTold(row.state) || (byPrefecture && row.deciderId === row.associationId)) return;
  const facility = row.facilityId === null ? undefined : await findFacility(tx, row.facilityId);
  const text = resultMail({
    kind: kindLabels[row.kind],
    facility: facility?.name ?? facilityIn(row.content)?.name ?? '',
    state: row.state,
    by: await nameOf(tx, ctx, byPrefecture ? row.deciderId : jmaId),
    answer: row.answer,
    mergeOn: awaitsMergeDay(row.state) ? (row.mergeOn ?? undefined) : undefined,
    unplanned,
    link: linkTo(ctx, row),
  });
  await writeToOffice(tx, ctx, { associationId: row.associationId, template: 'M-46', key: `facility:${row.id}:${row.version}`, ...text });
}

/** What follows a proposal for the master of facilities (`screens.md O-14, 8`). */
export const facilityProposalReactions: Reactions = {
  'facility.memberFollowed': tellFollower,
  'facility.followContinued': continueFollowing,
  'facility.proposed': async (ctx, payload) => await about(ctx, payload, async (tx, row) => await askToDecide(ctx, tx, row)),
  'facility.proposalSettled': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => {
      await askToDecide(ctx, tx, row);
      await tellResult(ctx, tx, row);
    }),
};
