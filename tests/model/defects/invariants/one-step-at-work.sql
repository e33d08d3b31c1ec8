UPDATE application_step SET state = 'arrived' WHERE id = (SELECT s.id FROM application_step s JOIN application a ON a.id = s.application_id
  WHERE a.state = 'submitted' AND s.state = 'waiting' ORDER BY s.id LIMIT 1);
