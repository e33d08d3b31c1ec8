-- 施設の統合(screens.md O-14, J-06): 閉鎖した施設への新しい参照は、統合先の施設への参照になる

-- 統合が行を押さえている間は待ち、統合の後は統合先を書く。
CREATE FUNCTION facility_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  target uuid;
BEGIN
  IF NEW.facility_id IS NULL THEN RETURN NEW; END IF;
  SELECT f.merged_into INTO target FROM facility f WHERE f.id = NEW.facility_id FOR KEY SHARE;
  IF target IS NOT NULL THEN NEW.facility_id := target; END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION facility_follow() IS '統合により閉鎖した施設の代わりに、統合先の施設を書く';
REVOKE EXECUTE ON FUNCTION facility_follow() FROM PUBLIC;
CREATE TRIGGER affiliation_facility_follow BEFORE INSERT OR UPDATE OF facility_id ON affiliation FOR EACH ROW EXECUTE FUNCTION facility_follow();
CREATE TRIGGER membership_event_facility_follow BEFORE INSERT ON membership_event FOR EACH ROW EXECUTE FUNCTION facility_follow();
