ALTER POLICY person_scope ON person USING (true);
