-- An approval whose membership was never recorded.
ALTER TABLE membership_event DISABLE TRIGGER USER;
DELETE FROM membership_phase WHERE event_id = (SELECT max(id) FROM membership_event);
DELETE FROM membership_period WHERE joined_event_id = (SELECT max(id) FROM membership_event);
DELETE FROM membership_event WHERE id = (SELECT max(id) FROM membership_event);
