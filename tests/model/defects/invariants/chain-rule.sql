-- The prefecture's membership begins a day after the one of the JMA above it; events and derived rows agree with each other.
WITH moved AS (
  SELECT p.id, p.person_id, p.association_id, p.joined_event_id FROM membership_period p JOIN membership_period top ON top.person_id = p.person_id AND top.association_id = 0
  WHERE p.association_id = 27000 LIMIT 1
), events AS (UPDATE membership_event e SET effective_on = effective_on + 1 FROM moved m WHERE e.id = m.joined_event_id),
phases AS (UPDATE membership_phase h SET starts_on = starts_on + 1, joined_on = joined_on + 1 FROM moved m WHERE h.event_id = m.joined_event_id)
UPDATE membership_period p SET joined_on = joined_on + 1 FROM moved m WHERE p.id = m.id;
