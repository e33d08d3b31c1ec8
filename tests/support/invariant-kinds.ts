import type { Invariant } from './invariant.ts';

/** What must hold for leaves, transfers and changes (`rules.md 3.5`–`3.8`). */

/** Lines of the ledger that stand. */
const live = `SELECT e.id, e.application_step_id, e.effective_on, coalesce(e.corrected_kind, e.kind) AS does FROM membership_event e
  WHERE e.kind <> 'annulled' AND NOT EXISTS (SELECT FROM membership_event s WHERE s.supersedes = e.id)`;

/** Steps with a part of their own; not the 確認 that a correction asks for beside it. */
const parts = `SELECT s.* FROM application_step s WHERE s.role <> 'acknowledge'
  OR NOT EXISTS (SELECT FROM application_step o WHERE o.application_id = s.application_id AND o.association_id = s.association_id AND o.role <> 'acknowledge')`;

export const kindInvariants: readonly Invariant[] = [
  {
    id: 'leave-reaches-up',
    title: '承認された退会は、上層のすべての医師会で同じ日に、移る会員資格では翌日に有効になる(rules.md 3.5)',
    sql: `WITH live AS (${live}), parts AS (${parts}), leave AS (
        SELECT a.id, a.state, d.decided_on FROM application a JOIN application_step d ON d.application_id = a.id AND d.role = 'decide'
        WHERE a.kind = 'withdrawal'
      )
      SELECT format('%s %s', l.id, s.association_id) AS found
      FROM leave l JOIN parts s ON s.application_id = l.id LEFT JOIN live e ON e.application_step_id = s.id
      WHERE (l.state = 'completed' AND s.role <> 'receive') <> (e.id IS NOT NULL)
        OR e.does <> CASE s.leg WHEN 'leave' THEN 'left' ELSE 'facility_changed' END
        OR e.effective_on <> l.decided_on + (s.leg = 'change')::int`,
  },
  {
    id: 'transfer-all-or-nothing',
    title: '異動は入会・退会・異動のすべてが台帳にあるか、一つもないか(rules.md 3.6)',
    sql: `WITH live AS (${live}), parts AS (${parts})
      SELECT format('%s %s %s', a.id, s.association_id, s.leg) AS found
      FROM application a JOIN parts s ON s.application_id = a.id
      LEFT JOIN live e ON e.application_step_id = s.id
        AND e.does = CASE s.leg WHEN 'join' THEN 'joined' WHEN 'leave' THEN 'left' ELSE 'facility_changed' END
      WHERE a.kind = 'transfer' AND s.role <> 'receive'
      GROUP BY a.id, s.id, s.association_id, s.leg HAVING count(e.id) <> (a.state = 'completed')::int`,
  },
  {
    id: 'change-keeps-membership',
    title: '医師会の異動を伴わない異動届は、入会も退会も起こさない(rules.md 3.7)',
    sql: `WITH live AS (${live})
      SELECT format('event %s', e.id) AS found FROM live e
      JOIN application_step s ON s.id = e.application_step_id JOIN application a ON a.id = s.application_id
      WHERE a.kind = 'change' AND e.does IN ('joined', 'left')`,
  },
  {
    id: 'acknowledge-in-place',
    title: '確認の段階は確認待ちと確認済のほかの働きをせず、確認待ちは決まったことのある届にだけある(rules.md 3.3, 3.8)',
    sql: `WITH parts AS (${parts})
      SELECT s.id::text AS found FROM application_step s JOIN application a ON a.id = s.application_id
      WHERE s.role = 'acknowledge' AND (s.state IN ('received', 'approved', 'returned', 'rejected')
        OR (s.state = 'arrived' AND a.state NOT IN ('completed', 'cancelled', 'submitted', 'returned')))
      UNION ALL
      SELECT p.id::text FROM parts p JOIN application a ON a.id = p.application_id
      WHERE p.role = 'acknowledge' AND p.state = 'arrived' AND (a.state IN ('submitted', 'returned') OR (a.state = 'cancelled' AND a.kind <> 'withdrawal'))`,
  },
];
