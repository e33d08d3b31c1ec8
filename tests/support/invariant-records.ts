import type { Invariant } from './invariant.ts';

/** What must hold for derived visibility (`rules.md 5.6`), audit chains and kept answers. */

/** Associations of a person's ledger and of his running cases, computed from the rows themselves. */
const reach = `
  SELECT person_id, array_agg(DISTINCT association_id ORDER BY association_id) AS ids FROM (
    SELECT person_id, association_id FROM membership_event
    UNION SELECT s.person_id, s.association_id FROM application_step s JOIN application a ON a.id = s.application_id
      WHERE a.state IN ('submitted', 'returned') OR (s.role = 'acknowledge' AND s.state = 'arrived')
  ) x GROUP BY person_id`;

const stepsOf = `SELECT application_id, array_agg(DISTINCT association_id ORDER BY association_id) AS ids FROM (
    SELECT application_id, association_id FROM application_step
    UNION SELECT id, proxy_association_id FROM application WHERE proxy_association_id IS NOT NULL
  ) x GROUP BY application_id`;

/** Tables that copy the visibility of their application. */
const copies = ['application_step', 'document', 'paper_original', 'application_action', 'application_form', 'review_message'];

export const recordInvariants: readonly Invariant[] = [
  {
    id: 'person-visibility',
    title: '医師を見られるのは、会員歴か処理中の届のある医師会だけ(rules.md 5.6)',
    sql: `WITH reach AS (${reach})
      SELECT p.id::text AS found FROM person p LEFT JOIN reach r ON r.person_id = p.id WHERE p.visible_to <> coalesce(r.ids, '{}')
      UNION ALL
      SELECT format('licence %s', l.id) FROM person_licence l LEFT JOIN reach r ON r.person_id = l.person_id WHERE l.visible_to <> coalesce(r.ids, '{}')`,
  },
  {
    id: 'application-visibility',
    title: '届とその記録を見られるのは、届の段階の医師会と、代理で入力した医師会だけ(rules.md 5.6)',
    sql: `WITH steps AS (${stepsOf})
      SELECT a.id::text AS found FROM application a LEFT JOIN steps s ON s.application_id = a.id WHERE a.visible_to <> coalesce(s.ids, '{}')
      ${copies
        .map(
          (table) => `UNION ALL SELECT format('${table} of %s', c.application_id) FROM ${table} c
        LEFT JOIN steps s ON s.application_id = c.application_id WHERE c.visible_to <> coalesce(s.ids, '{}')`,
        )
        .join('\n')}
      UNION ALL SELECT format('memo %s', m.id) FROM office_memo m LEFT JOIN steps s ON s.application_id = m.application_id
        WHERE CASE WHEN m.own_office_only THEN NOT (m.association_id = ANY (m.visible_to)) OR EXISTS (
            -- Whoever took the case over by a 合併 or 分割 reads them too, and nobody else.
            WITH RECURSIVE heirs AS (SELECT m.association_id AS id
              UNION SELECT c.target_id FROM heirs h JOIN association_change c ON c.association_id = h.id AND c.target_id IS NOT NULL)
            SELECT FROM unnest(m.visible_to) v WHERE v NOT IN (SELECT id FROM heirs))
          ELSE m.visible_to <> coalesce(s.ids, '{}') END`,
  },
  {
    id: 'affiliation-visibility',
    title: '所属と会員期間を見られるのは、その所属の医師会だけ(rules.md 1.3, 5.6)',
    sql: `WITH joined AS (SELECT affiliation_id, array_agg(DISTINCT association_id ORDER BY association_id) AS ids FROM membership_event GROUP BY affiliation_id),
      steps AS (${stepsOf}), running AS (
        SELECT a.affiliation_id, array_agg(DISTINCT i ORDER BY i) AS ids
        FROM application a JOIN steps s ON s.application_id = a.id CROSS JOIN unnest(s.ids) AS i
        WHERE a.state IN ('submitted', 'returned') AND a.affiliation_id IS NOT NULL GROUP BY a.affiliation_id
      )
      SELECT format('affiliation %s', f.id) AS found FROM affiliation f
        LEFT JOIN joined j ON j.affiliation_id = f.id LEFT JOIN running r ON r.affiliation_id = f.id
      WHERE f.association_ids <> coalesce(j.ids, '{}') OR f.pending_ids <> coalesce(r.ids, '{}')
      UNION ALL
      SELECT format('phase %s', h.id) FROM membership_phase h JOIN joined j ON j.affiliation_id = h.affiliation_id WHERE h.visible_to <> j.ids
      UNION ALL
      SELECT format('period %s', p.id) FROM membership_period p
      WHERE NOT EXISTS (SELECT FROM membership_phase h JOIN joined j ON j.affiliation_id = h.affiliation_id
        WHERE h.person_id = p.person_id AND h.association_id = p.association_id AND h.span && p.period AND p.visible_to = j.ids)
        AND NOT EXISTS (SELECT FROM membership_event e JOIN joined j ON j.affiliation_id = e.affiliation_id WHERE e.id = p.joined_event_id AND p.visible_to = j.ids)`,
  },
  {
    id: 'step-clock',
    title: '段階の時計は到達とともに動き始め、差戻しの日時は申請者のもとにある間だけ控えられている(rules.md 3.13)',
    sql: `SELECT format('step %s', s.id) AS found FROM application_step s JOIN association_settings v ON v.association_id = s.association_id AND v.version = s.settings_version
      WHERE (s.reached_on IS NULL) <> (s.arrived_at IS NULL) OR s.reached_on > (s.arrived_at AT TIME ZONE 'Asia/Tokyo')::date
        OR s.reminder_days <> coalesce((v.settings ->> 'reminderDays')::int, 7)
      UNION ALL SELECT format('application %s', a.id) FROM application a WHERE (a.returned_at IS NOT NULL) <> (a.state = 'returned')`,
  },
  {
    id: 'audit-chain',
    title: '操作履歴の鎖は番号もハッシュも途切れない(rules.md 8.1)',
    sql: `WITH linked AS (
        SELECT e.*, row_number() OVER w AS should, lag(e.hash) OVER w AS before FROM audit_event e WINDOW w AS (PARTITION BY chain ORDER BY seq)
      ), tops AS (SELECT chain, max(seq) AS seq FROM audit_event GROUP BY chain)
      SELECT format('%s/%s', chain, seq) AS found FROM linked WHERE seq <> should OR (before IS NOT NULL AND prev_hash <> before)
      UNION ALL SELECT format('%s/%s content', e.chain, e.seq) FROM audit_event e WHERE e.hash <> audit_hash(e)
      UNION ALL
      SELECT format('head %s', coalesce(h.chain, t.chain)) FROM audit_head h FULL JOIN tops t ON t.chain = h.chain
        LEFT JOIN audit_event e ON e.chain = h.chain AND e.seq = h.seq
      WHERE coalesce(h.seq, 0) <> coalesce(t.seq, 0) OR (h.seq > 0 AND e.hash IS DISTINCT FROM h.hash)`,
  },
  {
    id: 'audit-names-persons',
    title: '操作履歴が名指す医師は存在する',
    sql: `SELECT DISTINCT format('%s/%s', e.chain, e.seq) AS found FROM audit_event e CROSS JOIN unnest(e.person_ids) AS i LEFT JOIN person p ON p.id = i WHERE p.id IS NULL`,
  },
  {
    id: 'answers-have-effects',
    title: '覚えている答えの届は存在し、同じ要求番号で同じ申請を二度数えない(rules.md 3.11)',
    sql: `SELECT format('%s %s', i.command, i.key) AS found
      FROM idempotency i LEFT JOIN application a ON a.id::text = i.outcome -> 'value' ->> 'id'
      WHERE i.command IN ('application.submit', 'application.receive', 'application.approve', 'application.return', 'application.resubmit',
        'application.reject', 'application.retract', 'application.cancel',
        'application.acknowledge', 'application.revoke', 'application.revokeLeave')
        AND (a.id IS NULL OR NOT EXISTS (SELECT FROM application_action x WHERE x.application_id = a.id AND (x.action = split_part(i.command, '.', 2)
            OR (i.command = 'application.approve' AND x.action = 'firstApprove'))
          AND x.account_id::text IS NOT DISTINCT FROM i.actor_key))`,
  },
];
