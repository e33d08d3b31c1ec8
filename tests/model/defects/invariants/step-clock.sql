UPDATE application_step SET paused_days = 3, reached_on = reached_on + 2 WHERE id = (SELECT id FROM application_step WHERE reached_on IS NOT NULL ORDER BY id LIMIT 1);
