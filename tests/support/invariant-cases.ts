import type { Invariant } from './invariant.ts';

/** What must hold for applications, their steps and what they leave behind (`rules.md 3`). */

export const caseInvariants: readonly Invariant[] = [
  {
    id: 'one-step-at-work',
    title: '処理中の届には受付待ち・受付・差戻しの段階がちょうど一つ、終わった届には一つもない(rules.md 3.3)',
    sql: `SELECT format('%s %s', a.id, a.state) AS found
      FROM application a LEFT JOIN application_step s ON s.application_id = a.id AND s.role = 'decide'
      WHERE a.kind = 'join'
      GROUP BY a.id, a.state
      HAVING count(*) FILTER (WHERE s.state IN ('arrived', 'received')) <> CASE a.state WHEN 'submitted' THEN 1 ELSE 0 END
        OR count(*) FILTER (WHERE s.state = 'returned') <> CASE a.state WHEN 'returned' THEN 1 ELSE 0 END
        OR count(*) FILTER (WHERE s.state = 'rejected') <> CASE a.state WHEN 'rejected' THEN 1 ELSE 0 END
        OR (a.state NOT IN ('submitted', 'returned') AND count(*) FILTER (WHERE s.state = 'waiting') > 0)
        OR (a.state = 'completed' AND count(*) FILTER (WHERE s.state = 'approved') <> count(s.id))
        OR (a.state = 'draft') <> (count(s.id) = 0)`,
  },
  {
    id: 'steps-in-order',
    title: '入会の段階は最下層から順に進み、日付は上層ほど早くならない(rules.md 3.2, 3.4)',
    sql: `SELECT format('%s %s', low.application_id, up.ordinal) AS found
      FROM application_step low JOIN application_step up ON up.application_id = low.application_id AND up.ordinal > low.ordinal
      WHERE low.leg = 'join' AND up.leg = 'join' AND low.role = 'decide' AND up.role = 'decide'
        AND ((low.state <> 'approved' AND up.state NOT IN ('waiting', 'skipped')) OR up.decided_on < low.decided_on OR up.layer >= low.layer)`,
  },
  {
    id: 'steps-open-with-case',
    title: '段階は届が処理中の間だけ、確認は確認されるまで開いている',
    sql: `SELECT s.id::text AS found FROM application_step s JOIN application a ON a.id = s.application_id
      WHERE s.open <> (a.state IN ('submitted', 'returned') OR (s.role = 'acknowledge' AND s.state = 'arrived')) OR s.person_id <> a.person_id`,
  },
  {
    id: 'actions-are-decisions',
    title: '経過の記録は段階と届の状態に一致する',
    sql: `WITH acts AS (
        SELECT step_id, count(*) FILTER (WHERE action = 'approve') - count(*) FILTER (WHERE action IN ('revoke', 'revokeLeave')) AS approved,
          count(*) FILTER (WHERE action = 'reject') AS rejected,
          (array_agg(decided_on ORDER BY id DESC) FILTER (WHERE action = 'approve'))[1] AS decided_on,
          (array_agg(category_id ORDER BY id DESC) FILTER (WHERE action = 'approve'))[1] AS category_id
        FROM application_action WHERE step_id IS NOT NULL GROUP BY step_id
      ), ends AS (
        SELECT application_id, count(*) FILTER (WHERE action = 'submit') AS submits, count(*) FILTER (WHERE to_state = 'retracted') AS retracts,
          count(*) FILTER (WHERE to_state = 'cancelled') - count(*) FILTER (WHERE action = 'reopen') AS cancels
        FROM application_action GROUP BY application_id
      )
      SELECT format('step %s', s.id) AS found FROM application_step s LEFT JOIN acts x ON x.step_id = s.id
      WHERE (s.state = 'approved')::int <> coalesce(x.approved, 0) OR (s.state = 'rejected')::int <> coalesce(x.rejected, 0)
        OR (CASE WHEN s.state = 'approved' THEN x.decided_on END) IS DISTINCT FROM s.decided_on
        OR (CASE WHEN s.state = 'approved' THEN x.category_id END) IS DISTINCT FROM s.decided_category_id
      UNION ALL
      SELECT format('application %s', a.id) FROM application a LEFT JOIN ends e ON e.application_id = a.id
      WHERE (a.state <> 'draft')::int <> coalesce(e.submits, 0) OR (a.state = 'retracted')::int <> coalesce(e.retracts, 0)
        OR (a.state = 'cancelled')::int <> coalesce(e.cancels, 0)
      UNION ALL
      SELECT format('action %s', x.id) FROM application_action x LEFT JOIN application_step s ON s.id = x.step_id
      WHERE s.application_id <> x.application_id`,
  },
  {
    id: 'one-outbox-row-per-decision',
    title: '決定ごとに知らせが一行だけ残る',
    sql: `WITH decided AS (
        SELECT application_id::text AS application, coalesce(step_id::text, '') AS step, action AS did, count(*) AS n FROM application_action
        WHERE action IN ('submit', 'receive', 'approve', 'return', 'resubmit', 'reject', 'retract', 'cancel', 'acknowledge', 'revoke', 'revokeLeave') GROUP BY 1, 2, 3
      ), told AS (
        SELECT o.payload ->> 'applicationId' AS application, coalesce(o.payload ->> 'stepId', '') AS step, k.did, count(*) AS n
        FROM outbox o JOIN (VALUES ('application.submitted', 'submit'), ('application.received', 'receive'), ('application.approved', 'approve'),
          ('application.completed', 'approve'), ('application.returned', 'return'), ('application.resubmitted', 'resubmit'),
          ('application.rejected', 'reject'), ('application.retracted', 'retract'), ('application.cancelled', 'cancel'),
          ('application.acknowledged', 'acknowledge'), ('application.revoked', 'revoke'), ('application.leaveRevoked', 'revokeLeave')) AS k(kind, did) ON k.kind = o.kind
        GROUP BY 1, 2, 3
      )
      SELECT format('%s %s: %s decided, %s told', coalesce(d.application, t.application), coalesce(d.did, t.did), d.n, t.n) AS found
      FROM decided d FULL JOIN told t ON t.application = d.application AND t.step = d.step AND t.did = d.did WHERE d.n IS DISTINCT FROM t.n
      UNION ALL
      SELECT format('%s completed', a.id) FROM application a LEFT JOIN outbox o ON o.kind = 'application.completed' AND o.payload ->> 'applicationId' = a.id::text
      WHERE (a.state = 'completed') <> (o.id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM application_action x WHERE x.application_id = a.id AND x.action IN ('revoke', 'revokeLeave'))`,
  },
  {
    id: 'one-audit-row-per-decision',
    title: '経過の記録ごとに操作履歴が一行だけ残る(rules.md 8.1)',
    sql: `WITH acts AS (SELECT application_id::text AS target, 'application.' || action AS did, count(*) AS n FROM application_action GROUP BY 1, 2),
      audited AS (
        SELECT target, action AS did, count(*) AS n FROM audit_event
        WHERE result = 'done' AND action IN ('application.submit', 'application.receive', 'application.approve', 'application.firstApprove', 'application.return', 'application.resubmit',
          'application.reject', 'application.retract', 'application.cancel', 'application.attention', 'application.object',
          'application.acknowledge', 'application.revoke', 'application.revokeLeave', 'application.reopen', 'application.readdress') GROUP BY 1, 2
      )
      SELECT format('%s %s', coalesce(x.target, u.target), coalesce(x.did, u.did)) AS found
      FROM acts x FULL JOIN audited u ON u.target = x.target AND u.did = x.did WHERE x.n IS DISTINCT FROM u.n`,
  },
  {
    id: 'case-references',
    title: '段階・区分・書類・知らせは、存在する同じ届のものだけを指す',
    sql: `SELECT format('step %s', s.id) AS found FROM application_step s
        JOIN association a ON a.id = s.association_id
        LEFT JOIN member_category c ON c.id = s.category_id LEFT JOIN member_category d ON d.id = s.decided_category_id
      WHERE c.association_id <> s.association_id OR d.association_id <> s.association_id OR a.layer <> s.layer
      UNION ALL
      SELECT format('application %s', a.id) FROM application a JOIN affiliation f ON f.id = a.affiliation_id WHERE f.person_id <> a.person_id
      UNION ALL
      SELECT format('outbox %s', o.id) FROM outbox o
        LEFT JOIN application a ON a.id::text = o.payload ->> 'applicationId' LEFT JOIN application_step s ON s.id::text = o.payload ->> 'stepId'
      WHERE o.kind LIKE 'application.%' AND (a.id IS NULL OR (o.payload ->> 'stepId' IS NOT NULL AND s.application_id IS DISTINCT FROM a.id))
      UNION ALL
      SELECT format('document %s', d.id) FROM document d JOIN stored_file f ON f.id = d.file_id WHERE f.size <> d.size OR f.media_type <> d.media_type`,
  },
];
