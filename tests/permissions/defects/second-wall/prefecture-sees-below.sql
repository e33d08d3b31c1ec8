-- A prefecture sees whatever exists below it, not only its own members.
ALTER POLICY membership_event_scope ON membership_event USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR association_id = ANY ((SELECT ctx_associations())::int[])
  OR association_id IN (SELECT v.association_id FROM association_version v WHERE v.parent_id = ANY ((SELECT ctx_associations())::int[])));
