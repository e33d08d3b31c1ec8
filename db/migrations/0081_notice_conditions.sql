-- お知らせの対象の条件(screens.md O-16)に、所属施設・役職・指定医・性別と、会員一覧(O-07)で選択した会員(0080)を加える。
-- 条件の意味は、会員情報管理(O-07)の絞込みと同じとする。

CREATE FUNCTION notice_fits(c jsonb, category int, work text, at_workplace boolean, post text, designated text[], owner text, department text,
  gender text, born date, training text, in_jma boolean, in_lower boolean, day date)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (NOT c ? 'categories' OR c->'categories' @> to_jsonb(category))
    AND (NOT c ? 'works' OR c->'works' ? work)
    AND (NOT c ? 'facility' OR at_workplace)
    AND (NOT c ? 'positions' OR c->'positions' ? post)
    AND (NOT c ? 'designations' OR c->'designations' ?| designated)
    AND (NOT c ? 'owners' OR c->'owners' ? owner)
    AND (NOT c ? 'departments' OR c->'departments' ? department)
    AND (NOT c ? 'sex' OR c->>'sex' = gender)
    AND (NOT c ? 'ageFrom' OR born <= day - make_interval(years => (c->>'ageFrom')::int))
    AND (NOT c ? 'ageTo' OR born > day - make_interval(years => (c->>'ageTo')::int + 1))
    AND (NOT c ? 'training' OR training >= to_char(day, 'YYYY-MM'))
    AND (NOT c ? 'jma' OR (c->>'jma')::boolean = in_jma)
    AND (NOT c ? 'lower' OR in_lower)
$$;
COMMENT ON FUNCTION notice_fits(jsonb, int, text, boolean, text, text[], text, text, text, date, text, boolean, boolean, date) IS 'お知らせの対象の条件に当てはまるか';

CREATE OR REPLACE FUNCTION notice_readers(sender int, kind text, condition jsonb, day date, beyond uuid, most int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  below int[];
  chosen uuid[];
  workplace text := fold_name(condition->>'facility');
BEGIN
  IF kind = 'members' THEN
    RETURN QUERY SELECT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = sender AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  ELSIF kind = 'condition' THEN
    IF condition ? 'selection' THEN
      chosen := coalesce((SELECT s.person_ids FROM member_selection s WHERE s.id = (condition->>'selection')::uuid AND s.association_id = sender), '{}');
    END IF;
    RETURN QUERY SELECT h.person_id FROM membership_phase h JOIN person p ON p.id = h.person_id
      JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id
      WHERE h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR h.person_id > beyond) AND (chosen IS NULL OR h.person_id = ANY (chosen))
        AND notice_fits(condition, h.category_id, a.work_code, starts_with(f.name_fold, workplace), a.position_code, a.designations,
          f.owner_type, p.main_department, p.sex, p.birth_on, p.training_ends_on,
          CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END, day)
      ORDER BY h.person_id LIMIT most;
  ELSIF kind = 'allDoctors' THEN
    RETURN QUERY SELECT p.id FROM person p WHERE p.died_on IS NULL AND (beyond IS NULL OR p.id > beyond) ORDER BY p.id LIMIT most;
  ELSIF kind = 'lowerMembers' THEN
    below := associations_below(sender, day);
    RETURN QUERY SELECT DISTINCT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = ANY (below) AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION notice_meets_me(sender int, condition jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  day date := ctx_today();
  me uuid := ctx_person();
  workplace text := fold_name(condition->>'facility');
BEGIN
  RETURN EXISTS (SELECT FROM membership_phase h JOIN person p ON p.id = h.person_id
    JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id
    WHERE h.person_id = me AND h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day)
      AND (NOT condition ? 'selection' OR selection_holds_me(sender, (condition->>'selection')::uuid))
      AND notice_fits(condition, h.category_id, a.work_code, starts_with(f.name_fold, workplace), a.position_code, a.designations,
        f.owner_type, p.main_department, p.sex, p.birth_on, p.training_ends_on,
        EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = 0
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)),
        EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = (condition->>'lower')::int
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)), day));
END $$;

DROP FUNCTION notice_fits(jsonb, int, text, text, text, date, text, boolean, boolean, date);
