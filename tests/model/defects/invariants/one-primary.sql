UPDATE affiliation SET is_primary = false WHERE id = (SELECT id FROM affiliation ORDER BY id LIMIT 1);
