-- A second period of the same person in the same association, as if the exclusion constraint had been forgotten.
ALTER TABLE membership_period DROP CONSTRAINT membership_period_no_overlap;
INSERT INTO membership_period (person_id, association_id, joined_on, left_on, joined_event_id)
  SELECT person_id, association_id, joined_on + 10, left_on, joined_event_id FROM membership_period ORDER BY id LIMIT 1;
