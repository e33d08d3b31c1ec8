-- 会員情報管理(screens.md O-07)の検索条件と施設別一覧(O-14)を、全国規模でも索引で答えるため

CREATE INDEX person_department ON person (main_department, id);
CREATE INDEX person_school ON person (school_code, id) WHERE school_code IS NOT NULL;
CREATE INDEX person_without_account ON person (id) WHERE account_id IS NULL;
CREATE INDEX person_licence_unseen ON person_licence (person_id) WHERE current AND verified_at IS NULL;
CREATE INDEX affiliation_work ON affiliation (work_code, person_id);
CREATE INDEX affiliation_position ON affiliation (position_code, person_id);
CREATE INDEX affiliation_designations ON affiliation USING gin (designations) WHERE designations <> '{}';
CREATE INDEX facility_owner ON facility (owner_type, id);
CREATE INDEX membership_phase_category ON membership_phase (category_id, person_id);
CREATE INDEX membership_period_left ON membership_period (association_id, left_on, person_id) WHERE left_on IS NOT NULL;
-- 施設の会員を医師会ごとに数える。
DROP INDEX membership_phase_facility;
CREATE INDEX membership_phase_facility ON membership_phase (facility_id, association_id, starts_on, ends_on) INCLUDE (person_id, visible_to);

-- 指定医の索引は、行の範囲の判定より先には使えない。関数の中で索引を使い、呼んだ者の範囲の医師の番号だけを答える。
CREATE FUNCTION persons_designated(code text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 5000 SET search_path = public, pg_temp AS $$
  SELECT a.person_id FROM affiliation a WHERE a.designations @> ARRAY[code] AND a.designations <> '{}'
    AND ((SELECT ctx_scope()) = 'all' OR a.association_ids && (SELECT ctx_associations()))
$$;
COMMENT ON FUNCTION persons_designated(text) IS '指定医である、範囲の医師の内部番号';
REVOKE EXECUTE ON FUNCTION persons_designated(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION persons_designated(text) TO mamis_app;

-- 医籍登録番号の重複が確認中の医師(会員一覧の状態「重複の疑い」)。
CREATE FUNCTION persons_in_question() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
  SELECT p.id FROM person p WHERE p.id IN (SELECT c.claimant_id FROM licence_claim c WHERE c.settled_at IS NULL
      UNION SELECT c.holder_id FROM licence_claim c WHERE c.settled_at IS NULL)
    AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))
$$;
COMMENT ON FUNCTION persons_in_question() IS '医籍登録番号の重複が確認中の、範囲の医師の内部番号';
REVOKE EXECUTE ON FUNCTION persons_in_question() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION persons_in_question() TO mamis_app;
