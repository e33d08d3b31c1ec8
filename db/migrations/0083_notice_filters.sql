-- お知らせの対象の条件(screens.md O-16)に、会員情報管理(O-07)の残りの絞込みを加える。意味はO-07と同じとし、読む日に判定する。

-- 臨床研修中は、会員情報管理と同じく会員区分で判定する。
UPDATE notice SET condition = condition - 'training' || '{"marks": ["trainee"]}' WHERE condition ? 'training';

CREATE FUNCTION training_ends_by(day date) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_char(day + coalesce((SELECT s.value FROM system_setting s WHERE s.name = 'trainingNoticeDays'), 60) + 1 - interval '1 month', 'YYYY-MM')
$$;
COMMENT ON FUNCTION training_ends_by(date) IS 'この月までに修了する臨床研修は、この日に「研修修了が近い」';
CREATE FUNCTION fee_year(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT extract(year FROM day - interval '3 months')::int
$$;
COMMENT ON FUNCTION fee_year(date) IS '年度(4月から)';

-- 条件に当てはまるか。数えるときも、送るときも、読むときも、これだけが決める。問われない事柄は、呼ぶ側が調べない。
CREATE FUNCTION notice_fits(c jsonb, day date, h membership_phase, a affiliation, f facility, p person, trainee boolean, begins_name text, begins_place text,
  licence int, jma_category int, in_jma boolean, in_lower boolean, left_for text, in_question boolean, unseen boolean, applying boolean, ending text)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (NOT c ? 'name' OR starts_with(p.kana_fold, begins_name) OR starts_with(p.name_fold, begins_name)
      OR starts_with(p.given_kana_fold, begins_name) OR starts_with(p.given_name_fold, begins_name))
    AND (NOT c ? 'licence' OR (c->>'licence')::int = licence)
    AND (NOT c ? 'leaving' OR h.left_on IS NOT NULL)
    AND (NOT c ? 'categories' OR c->'categories' @> to_jsonb(h.category_id))
    AND (NOT c ? 'jmaCategories' OR c->'jmaCategories' @> to_jsonb(jma_category))
    AND (NOT c ? 'jma' OR (c->>'jma')::boolean = in_jma)
    AND (NOT c ? 'lower' OR in_lower)
    AND (NOT c ? 'facility' OR starts_with(f.name_fold, begins_place))
    AND (NOT c ? 'owners' OR c->'owners' ? f.owner_type)
    AND (NOT c ? 'works' OR c->'works' ? a.work_code)
    AND (NOT c ? 'positions' OR c->'positions' ? a.position_code)
    AND (NOT c ? 'designations' OR c->'designations' ?| a.designations)
    AND (NOT c ? 'departments' OR c->'departments' ? p.main_department)
    AND (NOT c ? 'sex' OR c->>'sex' = p.sex)
    AND (NOT c ? 'ageFrom' OR p.birth_on <= day - make_interval(years => (c->>'ageFrom')::int))
    AND (NOT c ? 'ageTo' OR p.birth_on > day - make_interval(years => (c->>'ageTo')::int + 1))
    AND (NOT c ? 'schools' OR c->'schools' ? p.school_code)
    AND (NOT c ? 'graduatedFrom' OR p.graduated_on >= lpad(c->>'graduatedFrom', 4, '0') || '-01')
    AND (NOT c ? 'graduatedTo' OR p.graduated_on <= lpad(c->>'graduatedTo', 4, '0') || '-12')
    AND (NOT c ? 'joinedFrom' OR h.joined_on >= (c->>'joinedFrom')::date)
    AND (NOT c ? 'joinedTo' OR h.joined_on <= (c->>'joinedTo')::date)
    AND (NOT c ? 'leftFrom' OR h.left_on >= (c->>'leftFrom')::date)
    AND (NOT c ? 'leftTo' OR h.left_on <= (c->>'leftTo')::date)
    AND (NOT c ? 'leftReasons' OR c->'leftReasons' ? left_for)
    AND (NOT c ? 'marks' OR (
      -- rules.md 6。kernel/fee-period.ts の waivedMonthsOn と同じ
      (NOT c->'marks' ? 'waived'
        OR (day >= '2023-04-01' AND p.graduated_on BETWEEN fee_year(day) - 4 || '-03' AND fee_year(day) + 1 || '-02')
        OR (day >= '2015-04-01' AND trainee AND p.graduated_on >= CASE WHEN day < '2026-04-01' THEN fee_year(day) - 4 || '-03' ELSE '' END
          AND (p.training_ends_on IS NULL OR p.training_ends_on >= to_char(day, 'YYYY-MM'))))
      AND (NOT c->'marks' ? 'trainee' OR trainee)
      AND (NOT c->'marks' ? 'trainingEnds' OR (trainee AND p.training_ends_on <= ending))
      AND (NOT c->'marks' ? 'unregistered' OR p.account_id IS NULL)
      AND (NOT c->'marks' ? 'undelivered' OR p.mail_bounced_at IS NOT NULL)
      AND (NOT c->'marks' ? 'inQuestion' OR in_question)
      AND (NOT c->'marks' ? 'unseen' OR unseen)
      AND (NOT c->'marks' ? 'applying' OR applying)))
$$;
COMMENT ON FUNCTION notice_fits(jsonb, date, membership_phase, affiliation, facility, person, boolean, text, text, int, int, boolean, boolean, text, boolean,
  boolean, boolean, text) IS 'お知らせの対象の条件に当てはまるか';

CREATE OR REPLACE FUNCTION notice_readers(sender int, kind text, condition jsonb, day date, beyond uuid, most int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  below int[];
  chosen uuid[];
  begins_name text := fold_name(condition->>'name');
  begins_place text := fold_name(condition->>'facility');
  ending text := training_ends_by(day);
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
      JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id LEFT JOIN member_category k ON k.id = h.category_id
      WHERE h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR h.person_id > beyond) AND (chosen IS NULL OR h.person_id = ANY (chosen))
        AND notice_fits(condition, day, h, a, f, p, k.trainee, begins_name, begins_place,
          CASE WHEN condition ? 'licence' THEN (SELECT l.number_value FROM person_licence l WHERE l.person_id = h.person_id AND l.current) END,
          CASE WHEN condition ? 'jmaCategories' THEN (SELECT j.category_id FROM membership_phase j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.starts_on <= day AND (j.ends_on IS NULL OR j.ends_on >= day)) END,
          CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'leftReasons' THEN (SELECT j.left_reason FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = sender AND j.joined_on = h.joined_on) END,
          CASE WHEN condition->'marks' ? 'inQuestion' THEN
            EXISTS (SELECT FROM person_licence l WHERE l.person_id = h.person_id AND l.current AND l.claimed)
            OR h.person_id IN (SELECT q.claimant_id FROM licence_claim q WHERE q.settled_at IS NULL
              UNION ALL SELECT q.holder_id FROM licence_claim q WHERE q.settled_at IS NULL) END,
          CASE WHEN condition->'marks' ? 'unseen' THEN
            EXISTS (SELECT FROM person_licence l WHERE l.person_id = h.person_id AND l.current AND l.verified_at IS NULL) END,
          CASE WHEN condition->'marks' ? 'applying' THEN
            EXISTS (SELECT FROM application_step s WHERE s.person_id = h.person_id AND s.association_id = sender AND s.open) END, ending)
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

-- 読む本人の行だけを索引で引く。本人には重複の確認などの表が見えないので、所有者の権限で本人についてだけ答える。計画は条件を問わず一つを使い回す。
CREATE OR REPLACE FUNCTION notice_meets_me(sender int, condition jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  day date := ctx_today();
  me uuid := ctx_person();
  begins_name text := fold_name(condition->>'name');
  begins_place text := fold_name(condition->>'facility');
  ending text := CASE WHEN condition->'marks' ? 'trainingEnds' THEN training_ends_by(day) END;
BEGIN
  RETURN EXISTS (SELECT FROM membership_phase h JOIN person p ON p.id = h.person_id
    JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id LEFT JOIN member_category k ON k.id = h.category_id
    WHERE h.person_id = me AND h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day)
      AND (NOT condition ? 'selection' OR selection_holds_me(sender, (condition->>'selection')::uuid))
      AND notice_fits(condition, day, h, a, f, p, k.trainee, begins_name, begins_place,
        CASE WHEN condition ? 'licence' THEN (SELECT l.number_value FROM person_licence l WHERE l.person_id = me AND l.current) END,
        CASE WHEN condition ? 'jmaCategories' THEN (SELECT j.category_id FROM membership_phase j WHERE j.person_id = me AND j.association_id = 0
          AND j.starts_on <= day AND (j.ends_on IS NULL OR j.ends_on >= day)) END,
        CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = 0
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
        CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = me
          AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
        CASE WHEN condition ? 'leftReasons' THEN (SELECT j.left_reason FROM membership_period j WHERE j.person_id = me
          AND j.association_id = sender AND j.joined_on = h.joined_on) END,
        CASE WHEN condition->'marks' ? 'inQuestion' THEN
          EXISTS (SELECT FROM person_licence l WHERE l.person_id = me AND l.current AND l.claimed)
          OR EXISTS (SELECT FROM licence_claim q WHERE q.claimant_id = me AND q.settled_at IS NULL)
          OR EXISTS (SELECT FROM licence_claim q WHERE q.holder_id = me AND q.settled_at IS NULL) END,
        CASE WHEN condition->'marks' ? 'unseen' THEN
          EXISTS (SELECT FROM person_licence l WHERE l.person_id = me AND l.current AND l.verified_at IS NULL) END,
        CASE WHEN condition->'marks' ? 'applying' THEN
          EXISTS (SELECT FROM application_step s WHERE s.person_id = me AND s.association_id = sender AND s.open) END, ending));
END $$;

DROP FUNCTION notice_fits(jsonb, int, text, boolean, text, text[], text, text, text, date, text, boolean, boolean, date);
