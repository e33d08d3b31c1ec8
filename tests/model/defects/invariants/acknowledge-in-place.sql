-- An office that is only to acknowledge has received the case.
UPDATE application_step SET state = 'received'
WHERE id = (SELECT id FROM application_step WHERE role = 'acknowledge' AND state = 'arrived' ORDER BY id LIMIT 1);
