-- 全国規模で速さを保つための、数の控え・索引・見積もり

-- 会員の増減。ある日の会員数を、会員期間を数え直さずに答える(会員数が増えても、日と年の数しか読まない)。
CREATE TABLE member_day (
  association_id int NOT NULL REFERENCES association,
  day date NOT NULL,
  joined int NOT NULL,
  ended int NOT NULL,
  PRIMARY KEY (association_id, day)
) WITH (fillfactor = 70);
COMMENT ON TABLE member_day IS '会員の増減(日ごと)。会員期間から導く';
COMMENT ON COLUMN member_day.association_id IS '医師会';
COMMENT ON COLUMN member_day.day IS '日';
COMMENT ON COLUMN member_day.joined IS 'この日から会員である人数';
COMMENT ON COLUMN member_day.ended IS 'この日から会員でない人数(退会日の翌日に数える)';
CREATE INDEX member_day_day ON member_day (day);

CREATE TABLE member_year (
  association_id int NOT NULL REFERENCES association,
  year int NOT NULL,
  joined int NOT NULL,
  ended int NOT NULL,
  PRIMARY KEY (association_id, year)
) WITH (fillfactor = 70);
COMMENT ON TABLE member_year IS '会員の増減(年ごと)。会員期間から導く';
COMMENT ON COLUMN member_year.association_id IS '医師会';
COMMENT ON COLUMN member_year.year IS '年';
COMMENT ON COLUMN member_year.joined IS 'この年に会員となった人数';
COMMENT ON COLUMN member_year.ended IS 'この年に会員でなくなった人数';

-- 控えは直接には読めない。答えるのは下の関数だけ。
ALTER TABLE member_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_day_all ON member_day FOR SELECT USING ((SELECT ctx_scope()) = 'all');
ALTER TABLE member_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_year_all ON member_year FOR SELECT USING ((SELECT ctx_scope()) = 'all');

-- 加える順はどの処理でも同じ(医師会、日の順)なので、互いに待ち合わない。
CREATE FUNCTION count_member_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END;
BEGIN
  IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
  INSERT INTO member_day AS d (association_id, day, joined, ended)
    SELECT x.association_id, x.day, sign * sum(x.j), sign * sum(x.e)
    FROM (SELECT c.association_id, c.joined_on AS day, 1 AS j, 0 AS e FROM changed c
      UNION ALL SELECT c.association_id, c.left_on + 1, 0, 1 FROM changed c WHERE c.left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (association_id, day) DO UPDATE SET joined = d.joined + excluded.joined, ended = d.ended + excluded.ended;
  INSERT INTO member_year AS y (association_id, year, joined, ended)
    SELECT x.association_id, extract(year FROM x.day)::int, sign * sum(x.j), sign * sum(x.e)
    FROM (SELECT c.association_id, c.joined_on AS day, 1 AS j, 0 AS e FROM changed c
      UNION ALL SELECT c.association_id, c.left_on + 1, 0, 1 FROM changed c WHERE c.left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (association_id, year) DO UPDATE SET joined = y.joined + excluded.joined, ended = y.ended + excluded.ended;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION count_member_changes() IS '会員期間の追加と削除を会員の増減に写す';
CREATE TRIGGER membership_period_counted AFTER INSERT ON membership_period
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_member_changes();
CREATE TRIGGER membership_period_uncounted AFTER DELETE ON membership_period
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_member_changes();

-- 控えを会員期間から作り直す(この変更の適用時、大量投入の後)。
CREATE FUNCTION recount_members() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
  DELETE FROM member_day;
  DELETE FROM member_year;
  INSERT INTO member_day (association_id, day, joined, ended)
    SELECT association_id, day, sum(j), sum(e)
    FROM (SELECT association_id, joined_on AS day, 1 AS j, 0 AS e FROM membership_period
      UNION ALL SELECT association_id, left_on + 1, 0, 1 FROM membership_period WHERE left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2;
  INSERT INTO member_year (association_id, year, joined, ended)
    SELECT association_id, extract(year FROM day)::int, sum(joined), sum(ended) FROM member_day GROUP BY 1, 2 ORDER BY 1, 2;
$$;
COMMENT ON FUNCTION recount_members() IS '会員の増減を会員期間から作り直す';
REVOKE EXECUTE ON FUNCTION recount_members() FROM PUBLIC;
SELECT recount_members();

-- 人数だけを答える。個人は見えない。
CREATE OR REPLACE FUNCTION member_counts_on(day date, associations int[]) RETURNS TABLE (association_id int, members bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  this_year int := extract(year FROM $1);
  first_day date := make_date(extract(year FROM $1)::int, 1, 1);
BEGIN
  IF associations IS NULL THEN
    RETURN QUERY SELECT x.association_id, sum(x.n)::bigint FROM (
        SELECT y.association_id, y.joined - y.ended AS n FROM member_year y WHERE y.year < this_year
        UNION ALL SELECT d.association_id, d.joined - d.ended FROM member_day d WHERE d.day BETWEEN first_day AND $1
      ) x GROUP BY x.association_id HAVING sum(x.n) > 0;
  ELSE
    RETURN QUERY SELECT a.id, c.n FROM (SELECT DISTINCT unnest($2) AS id) a CROSS JOIN LATERAL (
        SELECT coalesce((SELECT sum(y.joined - y.ended) FROM member_year y WHERE y.association_id = a.id AND y.year < this_year), 0)::bigint
          + coalesce((SELECT sum(d.joined - d.ended) FROM member_day d WHERE d.association_id = a.id AND d.day BETWEEN first_day AND $1), 0)::bigint AS n
      ) c WHERE c.n > 0;
  END IF;
END $$;

CREATE FUNCTION memberships_ever(association int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(sum(y.joined), 0)::bigint FROM member_year y WHERE y.association_id = association
$$;
COMMENT ON FUNCTION memberships_ever(int) IS '医師会の会員期間の数(過去のものを含む)。一覧の読み方を選ぶため';

-- 届を審査する人・会員を見る人の範囲を求めるとき、医師から処理中の段階を引く。
CREATE INDEX application_step_person ON application_step (person_id) WHERE open;

-- 要対応の件数を、索引だけで数える。
DROP INDEX application_step_inbox;
CREATE INDEX application_step_inbox ON application_step (association_id, arrived_at, application_id) INCLUDE (person_id, visible_to)
  WHERE open AND state IN ('arrived', 'received');
-- すべての申請の件数も、同じく索引だけで数える。
DROP INDEX application_step_list;
CREATE INDEX application_step_list ON application_step (association_id, submitted_at, application_id) INCLUDE (person_id, visible_to);
-- 要対応の数は医師会によって大きく違う。組み合わせで数えておかないと、並べ替えの計画を誤る。
CREATE STATISTICS application_step_at (mcv) ON association_id, open, state FROM application_step;
ALTER STATISTICS application_step_at SET STATISTICS 1000;

-- 範囲の判定は内容を変えない。CASE にすると、ほとんどの行が通らないという誤った見積もりがなくなり、並び順の索引が選ばれる。
ALTER POLICY person_scope ON person USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
ALTER POLICY person_licence_scope ON person_licence USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
ALTER POLICY affiliation_scope ON affiliation USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  WHEN association_ids && (SELECT ctx_associations()) THEN true ELSE pending_ids && (SELECT ctx_associations()) END);
ALTER POLICY membership_event_scope ON membership_event USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE association_id = ANY ((SELECT ctx_associations())::int[]) END);
ALTER POLICY membership_period_scope ON membership_period USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
ALTER POLICY membership_phase_scope ON membership_phase USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
ALTER POLICY application_scope ON application USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
ALTER POLICY application_step_scope ON application_step USING (CASE WHEN (SELECT ctx_scope()) = 'all' THEN true WHEN person_id = (SELECT ctx_person()) THEN true
  ELSE visible_to && (SELECT ctx_associations()) END);
