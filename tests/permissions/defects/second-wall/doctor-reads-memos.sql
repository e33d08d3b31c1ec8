ALTER POLICY office_memo_scope ON office_memo USING ((SELECT ctx_scope()) = 'all' OR visible_to && (SELECT ctx_associations())
  OR application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person())));
