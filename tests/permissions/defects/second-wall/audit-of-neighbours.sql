ALTER POLICY audit_event_scope ON audit_event USING (association_id IS NOT NULL);
