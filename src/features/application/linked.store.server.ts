import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { kindOf, legOf, roleOf, stateOf, stepStateOf } from './store.server.ts';

/** SQL of 続きの届 (`rules.md 3.6`): a 異動届 without destination and the 入会届 that follows it. */

type LinkedStep = {
  associationId: number;
  name: string;
  layer: number;
  leg: Leg;
  role: StepRole;
  state: StepState;
  decidedOn: Day | null;
};

export type LinkedCase = { id: string; number: string; kind: ApplicationKind; state: ApplicationState; steps: LinkedStep[] };

type Row = {
  case_id: string;
  number: string | null;
  kind: string;
  state: string;
  association_id: number;
  name: string;
  layer: number;
  leg: string;
  role: string;
  step_state: string;
  decided_on: Day | null;
};

/** What the other case of a link says to whoever sees this one: associations, states and dates. */
export async function findLinkedCase(tx: ReadTransaction, id: string): Promise<LinkedCase | undefined> {
  const { rows } = await sql<Row>`SELECT l.*, v.name FROM linked_case(${id}) l
    JOIN association_version v ON v.association_id = l.association_id AND v.ends_on IS NULL`.execute(tx);
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    id: first.case_id,
    number: first.number ?? '',
    kind: kindOf(first.kind),
    state: stateOf(first.state),
    steps: rows
      .filter((row) => row.case_id === first.case_id)
      .map((row) => ({
        associationId: row.association_id,
        name: row.name,
        layer: row.layer,
        leg: legOf(row.leg),
        role: roleOf(row.role),
        state: stepStateOf(row.step_state),
        decidedOn: row.decided_on,
      })),
  };
}

export type Followable = { id: string; number: string; form: unknown; leftOn: Day | null; names: string[] };

/** 異動届 of a person without destination that no 入会届 follows yet; what became of each, newest first. */
export async function listFollowable(tx: ReadTransaction, personId: string): Promise<Followable[]> {
  const { rows } = await sql<Followable>`
    SELECT a.id, coalesce(a.number, '') AS number, a.form,
      (SELECT max(s.decided_on) FROM application_step s WHERE s.application_id = a.id AND s.leg = 'leave') AS "leftOn",
      ARRAY(SELECT v.name FROM application_step s JOIN association_version v ON v.association_id = s.association_id AND v.ends_on IS NULL
        WHERE s.application_id = a.id AND s.leg = 'leave' ORDER BY s.ordinal) AS names
    FROM application a
    WHERE a.person_id = ${personId} AND a.kind = 'transfer' AND a.state IN ('submitted', 'returned', 'completed')
      AND a.form ->> 'undecided' = 'true'
      AND NOT EXISTS (SELECT FROM application f WHERE f.follows_id = a.id AND f.state NOT IN ('rejected', 'retracted', 'cancelled'))
    ORDER BY a.submitted_at DESC, a.id LIMIT 10`.execute(tx);
  return rows;
}

export type Unfollowed = { id: string; leftOn: Day };

/**
 * 異動届 without destination whose leave lies between two days, of doctors who have not joined anywhere since and do not ask to
 * (M-25); of all persons, or one case.
 */
export async function listUnfollowed(tx: ReadTransaction, ask: { from: Day; to: Day; id?: string }): Promise<Unfollowed[]> {
  const one = ask.id === undefined ? sql`true` : sql`a.id = ${ask.id}`;
  const { rows } = await sql<Unfollowed>`
    SELECT a.id, max(s.decided_on) AS "leftOn"
    FROM application a
    JOIN application_step s ON s.application_id = a.id AND s.leg = 'leave'
    JOIN person p ON p.id = a.person_id AND p.died_on IS NULL
    WHERE a.kind = 'transfer' AND (a.form ->> 'undecided') = 'true' AND a.state = 'completed' AND ${one}
      AND NOT EXISTS (SELECT FROM membership_phase h WHERE h.person_id = a.person_id AND h.ends_on IS NULL)
      AND NOT EXISTS (SELECT FROM application j WHERE j.person_id = a.person_id AND j.kind = 'join' AND j.state IN ('submitted', 'returned'))
    GROUP BY a.id HAVING max(s.decided_on) BETWEEN ${ask.from} AND ${ask.to}
    ORDER BY a.id`.execute(tx);
  return rows;
}
