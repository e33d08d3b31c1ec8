DROP POLICY audit_event_insert ON audit_event;
CREATE POLICY audit_event_insert ON audit_event FOR INSERT WITH CHECK (true);
