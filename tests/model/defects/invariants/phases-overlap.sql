ALTER TABLE membership_phase DROP CONSTRAINT membership_phase_no_overlap;
INSERT INTO membership_phase (person_id, association_id, affiliation_id, category_id, facility_id, starts_on, ends_on, joined_on, left_on, event_id)
  SELECT person_id, association_id, affiliation_id, category_id, facility_id, starts_on + 1, ends_on, joined_on, left_on, event_id FROM membership_phase ORDER BY id LIMIT 1;
