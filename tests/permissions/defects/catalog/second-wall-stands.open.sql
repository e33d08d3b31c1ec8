CREATE POLICY person_everybody ON person FOR SELECT USING (true);
