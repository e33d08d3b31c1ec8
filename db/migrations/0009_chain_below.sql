-- 事務局からは見えない行によって決まること: 主たる所属と、下層の会員期間。

-- 主たる所属は医師に一つ。ほかの都道府県の所属は事務局から見えないので、ここで決める。
CREATE FUNCTION affiliation_first_is_primary() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.is_primary := NOT EXISTS (SELECT FROM affiliation WHERE person_id = NEW.person_id AND is_primary);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION affiliation_first_is_primary() IS '医師の最初の所属を主たる所属とする';
CREATE TRIGGER affiliation_first_is_primary BEFORE INSERT ON affiliation FOR EACH ROW EXECUTE FUNCTION affiliation_first_is_primary();

-- 上層の医師会が日付を決めるときに要る、すぐ下の層の会員期間。日付だけを、処理中の届のある医師会にだけ答える。
CREATE FUNCTION periods_below(person uuid, association int) RETURNS TABLE (joined_on date, left_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.joined_on, p.left_on
  FROM membership_period p
  WHERE p.person_id = person
    AND EXISTS (SELECT FROM association_version v WHERE v.association_id = p.association_id AND v.parent_id = association)
    AND (ctx_scope() = 'all' OR (association = ANY (ctx_associations())
      AND EXISTS (SELECT FROM application_step s WHERE s.person_id = person AND s.association_id = association AND s.open)))
  ORDER BY p.joined_on
$$;
COMMENT ON FUNCTION periods_below(uuid, int) IS 'すぐ下の層での会員期間(日付のみ)。処理中の届のある医師会だけが問える';
