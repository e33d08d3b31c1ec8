-- The same approval recorded twice.
INSERT INTO membership_event (person_id, association_id, affiliation_id, kind, effective_on, category_id, facility_id, application_step_id)
  SELECT person_id, association_id, affiliation_id, kind, effective_on, category_id, facility_id, application_step_id FROM membership_event ORDER BY id LIMIT 1;
