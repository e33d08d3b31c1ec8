-- A prefecture that rejected or never reached a case still sees the doctor.
UPDATE person p SET visible_to = ARRAY(SELECT DISTINCT s.association_id FROM application_step s WHERE s.person_id = p.id ORDER BY 1);
