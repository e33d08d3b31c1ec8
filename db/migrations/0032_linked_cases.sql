-- 続きの届(rules.md 3.6): 異動先未定の異動届と、後から出された入会届をつなぐ
ALTER TABLE application ADD COLUMN follows_id uuid;
COMMENT ON COLUMN application.follows_id IS '続きのもとになった届(異動先未定の異動届)';
-- 同じ医師の届だけがつながる。
ALTER TABLE application ADD CONSTRAINT application_of_person UNIQUE (id, person_id);
ALTER TABLE application ADD CONSTRAINT application_follows_own FOREIGN KEY (follows_id, person_id) REFERENCES application (id, person_id);
-- 一つの異動届に、生きている入会届は一つ。
CREATE UNIQUE INDEX application_follows ON application (follows_id)
  WHERE follows_id IS NOT NULL AND state NOT IN ('rejected', 'retracted', 'cancelled');

-- つながりは申請のときに決まり、後から変わらない。
CREATE FUNCTION keep_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RAISE insufficient_privilege USING MESSAGE = 'a case that was sent keeps what it follows';
END $$;
COMMENT ON FUNCTION keep_follows() IS '申請した届の、続きのもとになった届は変えられない';
CREATE TRIGGER application_keeps_follows BEFORE UPDATE OF follows_id ON application
  FOR EACH ROW WHEN (OLD.state <> 'draft' AND OLD.follows_id IS DISTINCT FROM NEW.follows_id) EXECUTE FUNCTION keep_follows();

CREATE TRIGGER application_begins_alone BEFORE INSERT ON application
  FOR EACH ROW WHEN (NEW.follows_id IS NOT NULL) EXECUTE FUNCTION keep_follows();
GRANT UPDATE (follows_id) ON application TO mamis_app;

-- つながった届の医師会・状況・日付だけを、もとの届を見られる者に答える。
CREATE FUNCTION linked_case(asked uuid) RETURNS TABLE (case_id uuid, number text, kind text, state text, association_id int, layer int, leg text, role text, step_state text, decided_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.number, o.kind, o.state, s.association_id, s.layer, s.leg, s.role, s.state, s.decided_on
  FROM application o JOIN application_step s ON s.application_id = o.id
  WHERE o.id = ANY (ARRAY(
    SELECT a.follows_id FROM application a
      WHERE a.id = asked AND (ctx_scope() = 'all' OR a.person_id = ctx_person() OR a.visible_to && ctx_associations())
    UNION ALL SELECT f.id FROM application a JOIN application f ON f.follows_id = a.id AND f.state NOT IN ('rejected', 'retracted', 'cancelled')
      WHERE a.id = asked AND (ctx_scope() = 'all' OR a.person_id = ctx_person() OR a.visible_to && ctx_associations())))
  ORDER BY o.id, s.ordinal
$$;
COMMENT ON FUNCTION linked_case(uuid) IS 'つながった届の医師会・状況・日付。もとの届を見られる者だけが問える';
