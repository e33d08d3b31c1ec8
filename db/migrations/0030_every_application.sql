-- すべての届: 確認の段階は、届が終わった後も、確認されるまで残る。
CREATE OR REPLACE FUNCTION application_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  running boolean := NEW.state IN ('submitted', 'returned');
BEGIN
  UPDATE application_step s SET open = running OR (s.role = 'acknowledge' AND s.state = 'arrived')
    WHERE s.application_id = NEW.id AND s.open IS DISTINCT FROM (running OR (s.role = 'acknowledge' AND s.state = 'arrived'));
  UPDATE affiliation SET pending_ids = CASE WHEN running THEN NEW.visible_to ELSE '{}' END
    WHERE id = NEW.affiliation_id;
  PERFORM refresh_person_visibility(ARRAY[NEW.person_id]);
  RETURN NULL;
END $$;

CREATE FUNCTION step_acknowledged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE application_step SET open = NEW.state = 'arrived'
    WHERE id = NEW.id AND open IS DISTINCT FROM (NEW.state = 'arrived')
      AND NOT EXISTS (SELECT FROM application a WHERE a.id = NEW.application_id AND a.state IN ('submitted', 'returned'));
  IF FOUND THEN PERFORM refresh_person_visibility(ARRAY[NEW.person_id]); END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION step_acknowledged() IS '終わった届の確認が済んだら、その段階を閉じる';
CREATE TRIGGER step_acknowledged AFTER UPDATE OF state ON application_step
  FOR EACH ROW WHEN (NEW.role = 'acknowledge' AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION step_acknowledged();

COMMENT ON COLUMN application_step.open IS '届が処理中か、確認を待っているか';

-- 代理申請: 入力した医師会には、下書きのうちから、段階がなくても見える。
CREATE FUNCTION proxy_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := CASE WHEN NEW.proxy_association_id IS NULL THEN '{}' ELSE ARRAY[NEW.proxy_association_id] END;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION proxy_visibility() IS '新しい届の閲覧範囲: 代理で入力した医師会だけ';
CREATE TRIGGER proxy_visibility BEFORE INSERT ON application FOR EACH ROW EXECUTE FUNCTION proxy_visibility();
REVOKE UPDATE (proxy_association_id) ON application FROM mamis_app;

CREATE OR REPLACE FUNCTION step_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a uuid;
  ids int[];
BEGIN
  FOR a IN SELECT DISTINCT application_id FROM added LOOP
    SELECT array_agg(x ORDER BY x) INTO ids FROM (
      SELECT s.association_id FROM application_step s WHERE s.application_id = a
      UNION SELECT p.proxy_association_id FROM application p WHERE p.id = a AND p.proxy_association_id IS NOT NULL) u (x);
    UPDATE application_step SET visible_to = ids WHERE application_id = a;
    UPDATE application SET visible_to = ids WHERE id = a;
    UPDATE document SET visible_to = ids WHERE application_id = a;
    UPDATE affiliation SET pending_ids = ids WHERE id = (SELECT affiliation_id FROM application WHERE id = a);
    UPDATE review_message SET visible_to = ids WHERE application_id = a;
    UPDATE application_action SET visible_to = ids WHERE application_id = a;
  END LOOP;
  PERFORM refresh_person_visibility(ARRAY(SELECT DISTINCT person_id FROM added));
  RETURN NULL;
END $$;
