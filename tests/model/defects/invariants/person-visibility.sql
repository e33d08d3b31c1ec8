-- The office of another district sees a doctor it has nothing to do with.
UPDATE person SET visible_to = visible_to || 13005 WHERE id = (SELECT id FROM person WHERE NOT 13005 = ANY (visible_to) ORDER BY id LIMIT 1);
