import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { ApplicationAction, Leg, StepAction, StepRole, StepState } from './flow.ts';
import type { CaseStep } from './store.server.ts';
import type { FirstApproval } from './two-person-rules.ts';

/** SQL of the steps of a case and of its own record. */

export type NewStep = {
  id: string;
  applicationId: string;
  leg: Leg;
  ordinal: number;
  personId: string;
  associationId: number;
  layer: number;
  role: StepRole;
  state: StepState;
  categoryId: number | null;
  /** Held when the case was sent; null where the association is joined. */
  heldCategoryId: number | null;
  settingsVersion: number;
  submittedAt: Date;
  arrivedAt: Date | null;
  receivedAt: Date | null;
};

/** The steps of a submitted case, one per association. */
export async function insertSteps(tx: WriteTransaction, steps: readonly NewStep[]): Promise<void> {
  await tx
    .insertInto('application_step')
    .values(
      steps.map((step) => ({
        id: step.id,
        application_id: step.applicationId,
        leg: step.leg,
        ordinal: step.ordinal,
        person_id: step.personId,
        association_id: step.associationId,
        layer: step.layer,
        role: step.role,
        state: step.state,
        category_id: step.categoryId,
        held_category_id: step.heldCategoryId,
        settings_version: step.settingsVersion,
        submitted_at: step.submittedAt,
        arrived_at: step.arrivedAt,
        received_at: step.receivedAt,
      })),
    )
    .execute();
}

type StepChange = {
  state: StepState;
  arrivedAt?: Date;
  receivedAt?: Date;
  decidedOn?: Day;
  categoryId?: number;
  decidedAt?: Date;
  decidedBy?: string;
  boardNote?: string;
  decidedAlone?: boolean;
};

/** Moves one step from a known state; false when it was no longer there. */
export async function updateStep(tx: WriteTransaction, at: { id: string; from: StepState }, change: StepChange): Promise<boolean> {
  const done = await tx
    .updateTable('application_step')
    .set({
      state: change.state,
      ...(change.arrivedAt === undefined ? {} : { arrived_at: change.arrivedAt }),
      ...(change.receivedAt === undefined ? {} : { received_at: sql<Date>`coalesce(received_at, ${change.receivedAt})` }),
      ...(change.decidedOn === undefined ? {} : { decided_on: change.decidedOn }),
      ...(change.categoryId === undefined ? {} : { decided_category_id: change.categoryId }),
      ...(change.decidedAt === undefined ? {} : { decided_at: change.decidedAt }),
      ...(change.decidedBy === undefined ? {} : { decided_by: change.decidedBy }),
      ...(change.boardNote === undefined ? {} : { board_note: change.boardNote }),
      ...(change.decidedAlone === undefined ? {} : { decided_alone: change.decidedAlone }),
    })
    .where('id', '=', at.id)
    .where('state', '=', at.from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Takes a step back to an earlier state: what came after it is as if it had not been (`rules.md 3.9`). */
export async function setStepBack(
  tx: WriteTransaction,
  at: { id: string; from: StepState },
  { to, arrivedAt }: { to: 'waiting' | 'received' | 'arrived'; arrivedAt?: Date },
): Promise<boolean> {
  const undecided = { decided_on: null, decided_category_id: null, decided_at: null, decided_by: '', board_note: '' };
  const done = await tx
    .updateTable('application_step')
    .set({
      state: to,
      ...undecided,
      ...(to === 'waiting' ? { arrived_at: null, received_at: null } : {}),
      ...(arrivedAt === undefined ? {} : { arrived_at: arrivedAt }),
    })
    .where('id', '=', at.id)
    .where('state', '=', at.from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Brings the wished categories of steps that are not decided yet to what the corrected form says. */
export async function updateWishedCategories(
  tx: WriteTransaction,
  steps: readonly CaseStep[],
  choices: readonly { associationId: number; categoryId: number }[],
): Promise<void> {
  for (const step of steps) {
    const choice = choices.find((one) => one.associationId === step.associationId);
    if (choice === undefined || choice.categoryId === step.categoryId || step.decidedOn !== null) continue;
    await tx.updateTable('application_step').set({ category_id: choice.categoryId }).where('id', '=', step.id).execute();
  }
}

export type ActionRow = {
  applicationId: string;
  stepId: string | null;
  action: StepAction | ApplicationAction | 'attention' | 'firstApprove' | 'object' | 'reopen' | 'readdress';
  from: string;
  to: string;
  decidedOn?: Day;
  categoryId?: number;
  reasons?: readonly string[];
  fields?: unknown;
  changes?: unknown;
  message?: string;
  actorName: string;
  accountId: string | null;
  associationId: number | null;
  at: Date;
};

/** One line of the case's own record (insert only). */
export async function insertAction(tx: WriteTransaction, row: ActionRow): Promise<void> {
  await tx
    .insertInto('application_action')
    .values({
      application_id: row.applicationId,
      step_id: row.stepId,
      action: row.action,
      from_state: row.from,
      to_state: row.to,
      decided_on: row.decidedOn ?? null,
      category_id: row.categoryId ?? null,
      reasons: [...(row.reasons ?? [])],
      fields: JSON.stringify(row.fields ?? []),
      changes: JSON.stringify(row.changes ?? []),
      message: row.message ?? '',
      actor_name: row.actorName,
      account_id: row.accountId,
      association_id: row.associationId,
      at: row.at,
    })
    .execute();
}

/** The first of two approvals of a step, while nothing has been done to the step or the form since. */
export async function findFirstApproval(
  tx: ReadTransaction,
  at: { applicationId: string; stepId: string },
): Promise<FirstApproval | undefined> {
  const row = await tx
    .selectFrom('application_action')
    .select(['action', 'account_id', 'actor_name', 'at', 'decided_on', 'category_id'])
    .where('application_id', '=', at.applicationId)
    .where((where) => where.or([where('step_id', '=', at.stepId), where('action', '=', 'resubmit')]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row?.action !== 'firstApprove') return undefined;
  return { accountId: row.account_id, actorName: row.actor_name, at: row.at, decidedOn: row.decided_on, categoryId: row.category_id };
}

/** The account that sent a case off; undefined for our own jobs. */
export async function findSender(tx: ReadTransaction, applicationId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('application_action')
    .select('account_id')
    .where('application_id', '=', applicationId)
    .where('action', '=', 'submit')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.account_id ?? undefined;
}

/** Whether an association has an approved step; answered by the index of days ahead. */
export async function findDecided(tx: ReadTransaction, associationId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('application_step')
    .select('id')
    .where('association_id', '=', associationId)
    .where('state', '=', 'approved')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
