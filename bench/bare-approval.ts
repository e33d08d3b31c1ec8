import { newId } from '#kernel/id.ts';
import type pg from 'pg';

/** One approval as a transaction that writes the same rows as ours, knowing everything beforehand and checking nothing. */

export type BareDecision = {
  applicationId: string;
  stepId: string;
  nextStepId: string | null;
  personId: string;
  associationId: number;
  lowestAssociationId: number;
  /** Null when this approval opens the affiliation. */
  affiliationId: string | null;
  categoryId: number;
  decidedOn: string;
  accountId: string;
};

type Write = readonly [name: string, text: string, values: readonly unknown[]];

function opening(decision: BareDecision, affiliationId: string): Write[] {
  if (decision.affiliationId !== null) return [];
  const text = `INSERT INTO affiliation (id, person_id, lowest_association_id, work_code, position_code, designations, pending_ids)
      SELECT $1, $2, $3, '24', '14', '{01}', visible_to FROM application WHERE id = $4`;
  return [['b-affiliation', text, [affiliationId, decision.personId, decision.lowestAssociationId, decision.applicationId]]];
}

function membership(decision: BareDecision, affiliationId: string, now: Date): Write[] {
  const { stepId, personId, associationId, categoryId, decidedOn, accountId } = decision;
  return [
    [
      'b-step',
      `UPDATE application_step SET state = 'approved', received_at = coalesce(received_at, $2), decided_on = $3, decided_category_id = $4, decided_at = $2, decided_by = '事務局' WHERE id = $1`,
      [stepId, now, decidedOn, categoryId],
    ],
    [
      'b-event',
      `INSERT INTO membership_event (person_id, association_id, affiliation_id, kind, effective_on, category_id, reason, application_step_id, acting_account_id, acting_association_id)
      VALUES ($1, $2, $3, 'joined', $4, $5, '入会', $6, $7, $2)`,
      [personId, associationId, affiliationId, decidedOn, categoryId, stepId, accountId],
    ],
    [
      'b-period',
      `INSERT INTO membership_period (person_id, association_id, joined_on, joined_event_id)
      SELECT person_id, association_id, effective_on, id FROM membership_event WHERE person_id = $1 AND association_id = $2 ORDER BY id DESC LIMIT 1`,
      [personId, associationId],
    ],
    [
      'b-phase',
      `INSERT INTO membership_phase (person_id, association_id, affiliation_id, category_id, starts_on, joined_on, event_id)
      SELECT person_id, association_id, affiliation_id, category_id, effective_on, effective_on, id FROM membership_event WHERE person_id = $1 AND association_id = $2 ORDER BY id DESC LIMIT 1`,
      [personId, associationId],
    ],
  ];
}

function reaching(nextStepId: string | null, now: Date): Write[] {
  return nextStepId === null
    ? []
    : [['b-next', `UPDATE application_step SET state = 'arrived', arrived_at = $2 WHERE id = $1`, [nextStepId, now]]];
}

function traces(decision: BareDecision, affiliationId: string, now: Date): Write[] {
  const { applicationId, stepId, nextStepId, personId, associationId, categoryId, decidedOn, accountId } = decision;
  const state = nextStepId === null ? 'completed' : 'submitted';
  return [
    [
      'b-action',
      `INSERT INTO application_action (application_id, step_id, action, from_state, to_state, decided_on, category_id, actor_name, account_id, association_id, at)
      VALUES ($1, $2, 'approve', 'arrived', 'approved', $3, $4, '事務局', $5, $6, $7)`,
      [applicationId, stepId, decidedOn, categoryId, accountId, associationId, now],
    ],
    [
      'b-licence',
      `UPDATE person_licence SET verified_at = $2, verified_by = $3, verified_association_id = $4 WHERE person_id = $1 AND current AND verified_at IS NULL`,
      [personId, now, accountId, associationId],
    ],
    [
      'b-application',
      `UPDATE application SET version = version + 1, updated_at = $2, affiliation_id = $3, state = $4, closed_at = CASE WHEN $4 = 'completed' THEN $2::timestamptz END WHERE id = $1`,
      [applicationId, now, affiliationId, state],
    ],
    [
      'b-outbox',
      `INSERT INTO outbox (kind, payload) VALUES ($1, $2)`,
      [nextStepId === null ? 'application.completed' : 'application.approved', JSON.stringify({ applicationId, stepId, nextStepId })],
    ],
    [
      'b-audit',
      `INSERT INTO audit_event (chain, at, action, result, actor_kind, account_id, actor_name, association_id, person_ids, target)
      VALUES ($1, $2, 'application.approve', 'done', 'office', $3, '事務局', $1, $4, $5)`,
      [associationId, now, accountId, [personId], applicationId],
    ],
    [
      'b-idempotency',
      `INSERT INTO idempotency (actor_key, key, command, input_hash, outcome) VALUES ($1, $2, 'application.approve', '\\x00', '{}')`,
      [accountId, newId()],
    ],
  ];
}

function writesOf(decision: BareDecision, affiliationId: string): Write[] {
  const now = new Date();
  return [
    ...opening(decision, affiliationId),
    ...membership(decision, affiliationId, now),
    ...reaching(decision.nextStepId, now),
    ...traces(decision, affiliationId, now),
  ];
}

export async function approveBarely(pool: pg.Pool, decision: BareDecision): Promise<{ id: string }> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [name, text, values] of writesOf(decision, decision.affiliationId ?? newId()))
      await client.query({ name, text, values: [...values] });
    await client.query('COMMIT');
    client.release();
    return { id: decision.applicationId };
  } catch (error) {
    await client.query('ROLLBACK');
    client.release();
    throw error;
  }
}
