-- The JMA's leave lies a day after the one that was decided.
UPDATE membership_event SET effective_on = effective_on + 1
WHERE id = (SELECT max(e.id) FROM membership_event e JOIN application_step s ON s.id = e.application_step_id JOIN application a ON a.id = s.application_id
  WHERE a.kind = 'withdrawal' AND a.state = 'completed' AND s.role = 'acknowledge' AND s.leg = 'leave' AND e.kind = 'left');
