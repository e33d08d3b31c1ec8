UPDATE application_step SET open = true WHERE id = (SELECT s.id FROM application_step s JOIN application a ON a.id = s.application_id WHERE a.state = 'completed' LIMIT 1);
