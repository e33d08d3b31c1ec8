-- 異動先の医師会は、異動元の所属を見られなくても、届を進める。所属がその医師のものであることだけを確かめる。
CREATE FUNCTION affiliation_is_of(affiliation uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM affiliation f WHERE f.id = $1 AND f.person_id = $2)
$$;
COMMENT ON FUNCTION affiliation_is_of(uuid, uuid) IS '所属がその医師のものか。所属の内容は答えない';
ALTER POLICY application_affiliation ON application WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR affiliation_id IS NULL OR affiliation_is_of(affiliation_id, person_id));

-- 承認取消で届いていない状態に戻った段階の時計は止まり、退会取消で改めて求める確認の時計は新しく動き始める。
CREATE OR REPLACE FUNCTION step_clock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.reminder_days := coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
      WHERE v.association_id = NEW.association_id AND v.version = NEW.settings_version), 7);
  ELSIF NEW.arrived_at IS NULL OR (OLD.state = 'acknowledged' AND NEW.state = 'arrived') THEN
    NEW.reached_on := NULL;
    NEW.paused_days := 0;
  END IF;
  NEW.reached_on := coalesce(NEW.reached_on, (NEW.arrived_at AT TIME ZONE 'Asia/Tokyo')::date);
  RETURN NEW;
END $$;
