import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { MemberMark } from './fields.ts';
import type { MemberScope } from './member-scope.store.server.ts';
import { inPhase } from './member-scope.store.server.ts';

/** SQL of 状態 (`screens.md O-07`) on a person `p`, his licence `l` and his membership `m`. */

type Condition = RawBuilder<unknown>;

const traineeCategory = sql`h.category_id IN (SELECT c.id FROM member_category c WHERE c.trainee)`;

/** Graduates of the last fiscal years, and trainees whose training goes on (`rules.md 6`). */
function waived({ waived: { graduates, trainees }, on }: MemberScope, trainee: Condition): Condition {
  const young = graduates === undefined ? sql`false` : sql`p.graduated_on BETWEEN ${graduates.from} AND ${graduates.to}`;
  if (trainees === undefined) return young;
  return sql`(${young} OR (p.graduated_on >= ${trainees.from} AND (p.training_ends_on IS NULL OR p.training_ends_on >= ${on.slice(0, 7)}) AND ${trainee}))`;
}

/** One 状態 as a condition. */
export function markCondition(mark: MemberMark, scope: MemberScope): Condition {
  const trainee = inPhase(scope, traineeCategory);
  switch (mark) {
    case 'waived':
      return waived(scope, trainee);
    case 'trainee':
      return trainee;
    case 'trainingEnds':
      return sql`p.training_ends_on <= ${scope.trainingEndsBy} AND ${trainee}`;
    case 'unregistered':
      return sql`p.account_id IS NULL`;
    case 'undelivered':
      return sql`p.mail_bounced_at IS NOT NULL`;
    case 'inQuestion':
      return sql`(l.claimed OR p.id IN (SELECT q FROM persons_in_question() q))`;
    case 'unseen':
      return sql`l.verified_at IS NULL`;
    case 'applying':
      return sql`EXISTS (SELECT FROM application_step s WHERE s.person_id = p.id AND s.association_id = ${scope.associationId} AND s.open)`;
  }
}
