-- A category of another association.
UPDATE application_step SET category_id = (SELECT min(id) FROM member_category WHERE association_id = 1000) WHERE id = (SELECT id FROM application_step WHERE association_id = 27001 ORDER BY id LIMIT 1);
