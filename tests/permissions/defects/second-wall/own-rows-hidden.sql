ALTER POLICY application_scope ON application USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person()));
