-- A change of workplace ended a membership.
UPDATE membership_event SET kind = 'left'
WHERE id = (SELECT max(e.id) FROM membership_event e JOIN application_step s ON s.id = e.application_step_id JOIN application a ON a.id = s.application_id
  WHERE a.kind = 'change' AND e.kind = 'facility_changed');
