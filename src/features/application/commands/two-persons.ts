import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { findFirstApproval, findSender, insertAction, updateStep } from '../step.store.server.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import type { TwoPersons } from '../two-person-rules.ts';
import { onePerson } from '../two-person-rules.ts';
import { signature } from './gate.ts';
import type { Day } from '#kernel/day.ts';

type At = { target: Case; step: CaseStep };

/** Whether this step needs two persons, who was the first, and whether the office has a second at all. */
export async function loadTwoPersons(
  tx: ReadTransaction | WriteTransaction,
  ctx: Context,
  { target, step, settings }: At & { settings: AssociationSettings },
): Promise<TwoPersons> {
  const needed = settings.twoPersonDecision.includes(target.kind);
  // Where two must approve anyway, who entered it may be one of them.
  const ownEntry = !needed && (await isOwnEntry(tx, ctx, { target, step }));
  if (step.role !== 'decide' || (!needed && !ownEntry)) return onePerson;
  const { deciders } = await activeStaff(tx, step.associationId, ctx.today);
  return {
    needed,
    alone: deciders <= 1 && actingAssociation(ctx.actor) === step.associationId,
    first: needed ? await findFirstApproval(tx, { applicationId: target.id, stepId: step.id }) : undefined,
    ownEntry,
  };
}

async function isOwnEntry(tx: ReadTransaction | WriteTransaction, ctx: Context, { target, step }: At): Promise<boolean> {
  if (target.proxyAssociationId !== step.associationId) return false;
  const by = await findSender(tx, target.id);
  return by !== undefined && by === actingAccount(ctx.actor);
}

type First = At & { decidedOn: Day; categoryId: number | null; boardNote: string; message: string };

/** The first of two approvals: received and kept in the case's record; nothing begins, nobody above is reached. */
export async function saveFirstApproval(tx: WriteTransaction, ctx: Context, first: First): Promise<void> {
  const { target, step, decidedOn, categoryId, boardNote, message } = first;
  const moved = await updateStep(tx, { id: step.id, from: step.state }, { state: 'received', receivedAt: ctx.now, boardNote });
  if (!moved) throw new Error('the step moved under the lock');
  await insertAction(tx, {
    applicationId: target.id,
    stepId: step.id,
    action: 'firstApprove',
    from: step.state,
    to: 'received',
    decidedOn,
    ...(categoryId === null ? {} : { categoryId }),
    message,
    ...signature(ctx),
  });
  await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, {});
}
