-- Somebody is said to have moved with a merger, and has stayed where he was.
WITH change AS (
  INSERT INTO association_change (id, association_id, kind, target_id, starts_on, reason, state, proposed_by, proposed_name, proposed_at)
    SELECT gen_random_uuid(), p.association_id, 'merge', (SELECT min(a.id) FROM association a WHERE a.id <> p.association_id), p.joined_on + 1,
      '合併', 'done', gen_random_uuid(), '欠陥', now()
    FROM membership_period p WHERE p.left_on IS NULL ORDER BY p.id LIMIT 1
  RETURNING id, association_id
)
INSERT INTO association_move (change_id, person_id, state, at)
  SELECT c.id, p.person_id, 'moved', now() FROM change c
  JOIN membership_period p ON p.association_id = c.association_id AND p.left_on IS NULL LIMIT 1;
