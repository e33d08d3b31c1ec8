import type { Invariant } from './invariant.ts';

/** What must hold in the ledger (`rules.md 1, 2`). Written from the rules; shares no SQL with the migrations. */

/** The deeds that stand, as a CTE body: not annulled, not superseded. */
const deeds = `
  SELECT e.id, e.person_id, e.association_id, e.effective_on, coalesce(e.corrected_kind, e.kind) AS does
  FROM membership_event e LEFT JOIN membership_event gone ON gone.supersedes = e.id
  WHERE e.kind <> 'annulled' AND gone.id IS NULL`;

const phaseColumns =
  'person_id, association_id, affiliation_id, category_id, facility_id, starts_on, ends_on, joined_on, left_on, event_id';

export const ledgerInvariants: readonly Invariant[] = [
  {
    id: 'periods-overlap',
    title: '同じ医師会の会員期間は重ならない(rules.md 1.4)',
    sql: `SELECT format('%s %s', a.person_id, a.association_id) AS found
      FROM membership_period a JOIN membership_period b ON b.person_id = a.person_id AND b.association_id = a.association_id AND b.id > a.id AND b.period && a.period`,
  },
  {
    id: 'phases-overlap',
    title: '同じ医師会の区間は重ならない(rules.md 1.4)',
    sql: `SELECT format('%s %s', a.person_id, a.association_id) AS found
      FROM membership_phase a JOIN membership_phase b ON b.person_id = a.person_id AND b.association_id = a.association_id AND b.id > a.id AND b.span && a.span`,
  },
  {
    // A period may be covered by several lower memberships after one another (moves within a prefecture), and by the gap
    // between the two sides of a transfer that the offices have accepted with a reason (`rules.md 3.6`).
    id: 'chain-rule',
    title: '上層の会員である日は下層の会員でもある(rules.md 1.5)',
    sql: `WITH upper_period AS (
        SELECT p.id, p.person_id, p.association_id, p.period, a.layer, f.lowest_association_id, low.layer AS lowest_layer
        FROM membership_period p
        JOIN association a ON a.id = p.association_id AND a.layer <= 3
        JOIN membership_event e ON e.id = p.joined_event_id
        JOIN affiliation f ON f.id = e.affiliation_id
        JOIN association low ON low.id = f.lowest_association_id
      ), demanded AS (
        SELECT u.* FROM upper_period u
        WHERE u.layer = 1 OR (u.layer = 3 AND u.lowest_layer = 4)
          OR (u.layer = 2 AND NOT (u.lowest_association_id = u.association_id
            AND EXISTS (SELECT FROM association_settings s WHERE s.association_id = u.association_id AND s.settings ->> 'directJoin' = 'true')))
      ), gap AS (
        SELECT a.person_id, daterange(l.decided_on, j.decided_on, '()') AS period
        FROM application a
        JOIN application_step l ON l.application_id = a.id AND l.leg = 'leave' AND l.role = 'decide' AND l.state = 'approved'
        JOIN LATERAL (SELECT s.decided_on FROM application_step s WHERE s.application_id = a.id AND s.leg = 'join' AND s.state = 'approved'
          ORDER BY s.ordinal LIMIT 1) j ON j.decided_on > l.decided_on
        WHERE a.kind = 'transfer' AND a.state = 'completed'
      ), below AS (
        SELECT d.id, c.period
        FROM demanded d
        JOIN membership_period c ON c.person_id = d.person_id
        JOIN association ca ON ca.id = c.association_id AND ca.layer = d.layer + 1
        WHERE EXISTS (SELECT FROM association_version v WHERE v.association_id = c.association_id AND v.parent_id = d.association_id)
        UNION ALL SELECT d.id, g.period FROM demanded d JOIN gap g ON g.person_id = d.person_id
      ), covered AS (
        SELECT id, range_agg(period) AS days FROM below GROUP BY id
      )
      SELECT format('%s %s', d.person_id, d.association_id) AS found
      FROM demanded d LEFT JOIN covered c ON c.id = d.id WHERE c.id IS NULL OR NOT d.period <@ c.days`,
  },
  {
    id: 'decisions-are-events',
    // What an association decided for a day after its 合併 or 分割 is carried over to the other one, with its category there.
    title: '承認された入会の段階と台帳の入会は一対一で、日付も区分も等しい。異動は完了してから(rules.md 2.2, 3.6)',
    sql: `WITH carried AS (
        SELECT m.person_id, c.association_id AS source, c.target_id AS target, c.category_map FROM association_move m JOIN association_change c ON c.id = m.change_id
        WHERE m.state = 'moved'
      ), joins AS (
        SELECT e.* FROM membership_event e LEFT JOIN membership_event gone ON gone.supersedes = e.id AND gone.kind = 'annulled'
        WHERE e.kind = 'joined' AND e.application_step_id IS NOT NULL AND gone.id IS NULL
      ), decided AS (
        SELECT s.* FROM application_step s JOIN application a ON a.id = s.application_id
        WHERE s.leg = 'join' AND s.state = 'approved' AND (a.kind = 'join' OR a.state = 'completed')
      )
      SELECT format('step %s event %s', d.id, j.id) AS found
      FROM decided d FULL JOIN joins j ON j.application_step_id = d.id
      WHERE d.id IS NULL OR j.id IS NULL OR j.effective_on <> d.decided_on OR j.person_id <> d.person_id
        OR ((j.association_id <> d.association_id OR j.category_id IS DISTINCT FROM d.decided_category_id)
          AND NOT EXISTS (SELECT FROM carried c WHERE c.person_id = d.person_id AND c.source = d.association_id AND c.target = j.association_id
            AND (c.category_map ->> d.decided_category_id::text)::int = j.category_id))
      UNION ALL
      SELECT format('step %s twice', application_step_id) FROM joins GROUP BY application_step_id HAVING count(*) > 1`,
  },
  {
    id: 'phases-are-the-fold',
    title: '区間は台帳から導き直したものに等しい(rules.md 2.2)',
    sql: `WITH folded AS (SELECT ${phaseColumns} FROM membership_phases_known_at('infinity')), kept AS (SELECT ${phaseColumns} FROM membership_phase),
        missing AS (SELECT * FROM folded EXCEPT ALL SELECT * FROM kept), surplus AS (SELECT * FROM kept EXCEPT ALL SELECT * FROM folded)
      SELECT format('missing %s %s %s', person_id, association_id, starts_on) AS found FROM missing
      UNION ALL SELECT format('surplus %s %s %s', person_id, association_id, starts_on) FROM surplus`,
  },
  {
    id: 'periods-recount',
    title: '会員期間は入会と退会の記録を並べたものに等しい(rules.md 2.2)',
    sql: `WITH deeds AS (${deeds}), paired AS (
        SELECT person_id, association_id, does, effective_on AS joined_on, lead(does) OVER w AS next_does, lead(effective_on) OVER w AS next_on
        FROM deeds WHERE does IN ('joined', 'left') WINDOW w AS (PARTITION BY person_id, association_id ORDER BY effective_on, does)
      ), mine AS (
        SELECT person_id, association_id, joined_on, CASE WHEN next_does = 'left' THEN next_on END AS left_on FROM paired WHERE does = 'joined'
      ), kept AS (SELECT person_id, association_id, joined_on, left_on FROM membership_period),
      missing AS (SELECT * FROM mine EXCEPT ALL SELECT * FROM kept), surplus AS (SELECT * FROM kept EXCEPT ALL SELECT * FROM mine)
      SELECT format('missing %s %s %s', person_id, association_id, joined_on) AS found FROM missing
      UNION ALL SELECT format('surplus %s %s %s', person_id, association_id, joined_on) FROM surplus`,
  },
  {
    id: 'counts-recount',
    title: 'ある日の会員数は台帳を数え直したものに等しい(rules.md 2.4, 7)',
    sql: `WITH deeds AS (${deeds}), around AS (
        SELECT DISTINCT effective_on + k AS day FROM deeds CROSS JOIN (VALUES (-1), (0), (1)) AS v(k)
      ), days AS (SELECT day FROM (SELECT day FROM around ORDER BY md5(day::text) LIMIT 12) x UNION SELECT current_date),
      inside AS (
        SELECT day, association_id, person_id
        FROM days CROSS JOIN deeds
        GROUP BY day, association_id, person_id
        HAVING count(*) FILTER (WHERE does = 'joined' AND effective_on <= day) > count(*) FILTER (WHERE does = 'left' AND effective_on < day)
      ), mine AS (SELECT day, association_id, count(*) AS members FROM inside GROUP BY day, association_id),
      theirs AS (SELECT d.day, c.association_id, c.members FROM days d CROSS JOIN LATERAL member_counts_on(d.day, NULL) c)
      SELECT format('%s on %s: %s, recount %s', coalesce(m.association_id, t.association_id), coalesce(m.day, t.day), t.members, m.members) AS found
      FROM mine m FULL JOIN theirs t ON t.day = m.day AND t.association_id = m.association_id WHERE m.members IS DISTINCT FROM t.members`,
  },
  {
    id: 'moved-without-a-gap',
    title: '合併・分割で移った会員は、適用日の前日まで元の医師会の、適用日から移った先の会員で、元の医師会には残らない(rules.md 1.2)',
    sql: `SELECT format('%s %s', m.change_id, m.person_id) AS found
      FROM association_move m JOIN association_change c ON c.id = m.change_id
      WHERE m.state = 'moved' AND (
        EXISTS (SELECT FROM membership_period p WHERE p.person_id = m.person_id AND p.association_id = c.association_id AND (p.left_on IS NULL OR p.left_on >= c.starts_on)
          AND c.kind = 'merge')
        OR EXISTS (SELECT FROM membership_period p WHERE p.person_id = m.person_id AND p.association_id = c.association_id AND p.left_on = c.starts_on - 1
          AND p.left_reason = '組織改編'
          AND NOT EXISTS (SELECT FROM membership_period n WHERE n.person_id = m.person_id AND n.association_id = c.target_id AND n.period @> c.starts_on)))`,
  },
  {
    id: 'one-primary',
    title: '所属のある医師には主たる所属がちょうど一つある(rules.md 1.4)',
    sql: `SELECT person_id::text AS found FROM affiliation GROUP BY person_id HAVING count(*) FILTER (WHERE is_primary) <> 1`,
  },
  {
    id: 'ledger-references',
    title: '台帳と会員期間は、同じ医師・同じ医師会・その医師会の区分だけを指す',
    sql: `SELECT format('event %s', e.id) AS found FROM membership_event e
        JOIN affiliation f ON f.id = e.affiliation_id
        LEFT JOIN member_category c ON c.id = e.category_id
        LEFT JOIN membership_event s ON s.id = e.supersedes
        LEFT JOIN application_step t ON t.id = e.application_step_id
      WHERE f.person_id <> e.person_id OR c.association_id <> e.association_id
        OR s.person_id <> e.person_id OR s.association_id <> e.association_id
        OR (e.application_step_id IS NOT NULL AND (t.id IS NULL OR t.person_id <> e.person_id))
      UNION ALL
      SELECT format('period %s', p.id) FROM membership_period p
        JOIN membership_event j ON j.id = p.joined_event_id LEFT JOIN membership_event l ON l.id = p.left_event_id
      WHERE j.person_id <> p.person_id OR j.association_id <> p.association_id OR coalesce(j.corrected_kind, j.kind) <> 'joined'
        OR (p.left_on IS NULL) <> (l.id IS NULL) OR l.person_id <> p.person_id OR l.association_id <> p.association_id
        OR coalesce(l.corrected_kind, l.kind) <> 'left'`,
  },
];
