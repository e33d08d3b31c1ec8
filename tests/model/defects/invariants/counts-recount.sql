-- Somebody who left yesterday is not counted on his last day (rules.md 2.3).
INSERT INTO membership_event (person_id, association_id, affiliation_id, kind, effective_on)
  SELECT person_id, association_id, affiliation_id, 'left', current_date FROM membership_event WHERE association_id = 0 ORDER BY id LIMIT 1;
CREATE OR REPLACE FUNCTION member_counts_on(day date, associations int[]) RETURNS TABLE (association_id int, members bigint) LANGUAGE sql STABLE AS $$
  SELECT m.association_id, count(*) FROM membership_period m
  WHERE m.joined_on <= day AND (m.left_on IS NULL OR m.left_on > day) AND (associations IS NULL OR m.association_id = ANY (associations)) GROUP BY m.association_id
$$;
UPDATE membership_period p SET left_on = e.effective_on, left_event_id = e.id FROM membership_event e
  WHERE e.id = (SELECT max(id) FROM membership_event) AND p.left_on IS NULL AND p.person_id = e.person_id AND p.association_id = e.association_id;
UPDATE membership_phase p SET left_on = e.effective_on, ends_on = e.effective_on FROM membership_event e
  WHERE e.id = (SELECT max(id) FROM membership_event) AND p.left_on IS NULL AND p.person_id = e.person_id AND p.association_id = e.association_id;
