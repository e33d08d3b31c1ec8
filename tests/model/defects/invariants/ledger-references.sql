-- A period that points at the join of somebody else.
UPDATE membership_period SET joined_event_id = (SELECT max(id) FROM membership_event) WHERE id = (SELECT min(id) FROM membership_period);
