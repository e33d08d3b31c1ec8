-- お知らせ(O-16, D-02, O-01, A-01): 医師会が、対象を定めて会員・下層の事務局・すべての人に知らせる。

-- 読む日。対象かどうかは、読む日の会員期間で決まる。
CREATE FUNCTION ctx_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('mamis.today', true), '')::date, (now() AT TIME ZONE 'Asia/Tokyo')::date) $$;
COMMENT ON FUNCTION ctx_today() IS '操作の日(日本の暦日)';

CREATE TABLE notice_category (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_id int REFERENCES association,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 20),
  sort_order int NOT NULL,
  ends_on date
);
COMMENT ON TABLE notice_category IS 'お知らせカテゴリ。医師会が自分のものを定めるまでは共通のものを使う';
COMMENT ON COLUMN notice_category.id IS '内部番号';
COMMENT ON COLUMN notice_category.association_id IS '医師会(空は共通)';
COMMENT ON COLUMN notice_category.name IS '名称';
COMMENT ON COLUMN notice_category.sort_order IS '並び順';
COMMENT ON COLUMN notice_category.ends_on IS '使用終了日';
CREATE INDEX notice_category_association ON notice_category (association_id, sort_order, id);
INSERT INTO notice_category (association_id, name, sort_order) VALUES
  (NULL, '重要', 1), (NULL, '事務局からのお知らせ', 2), (NULL, '入会・異動・退会', 3), (NULL, '会費', 4), (NULL, '研修会・講習会', 5),
  (NULL, '行事', 6), (NULL, '保険・年金', 7), (NULL, 'その他', 8);
ALTER TABLE notice_category ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_category_read ON notice_category FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY notice_category_insert ON notice_category FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY notice_category_update ON notice_category FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON notice_category TO mamis_app;
GRANT UPDATE (name, sort_order, ends_on) ON notice_category TO mamis_app;

CREATE TABLE notice (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  state text NOT NULL CHECK (state IN ('draft', 'published', 'ended')),
  title text NOT NULL DEFAULT '',
  category1_id int REFERENCES notice_category,
  category2_id int REFERENCES notice_category,
  lead text NOT NULL DEFAULT '',
  body text NOT NULL DEFAULT '',
  target text CHECK (target IN ('members', 'condition', 'lowerOffices', 'lowerMembers', 'public')),
  condition jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(condition) = 'object'),
  starts_on date,
  ends_on date,
  important boolean NOT NULL DEFAULT false,
  by_mail boolean NOT NULL DEFAULT false,
  mail_hour int NOT NULL DEFAULT 9 CHECK (mail_hour BETWEEN 0 AND 23),
  mail_at timestamptz,
  mail_state text NOT NULL DEFAULT 'none' CHECK (mail_state IN ('none', 'waiting', 'sending', 'done')),
  mail_after text NOT NULL DEFAULT '',
  mailed int NOT NULL DEFAULT 0,
  readers int,
  writer_name text NOT NULL,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  published_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT notice_period CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT notice_complete CHECK (state = 'draft'
    OR (title <> '' AND body <> '' AND category1_id IS NOT NULL AND target IS NOT NULL AND starts_on IS NOT NULL AND published_at IS NOT NULL)),
  CONSTRAINT notice_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CONSTRAINT notice_mail CHECK ((mail_state = 'none') = (mail_at IS NULL))
);
COMMENT ON TABLE notice IS 'お知らせ(下書きから終了まで、1行が1件)';
COMMENT ON COLUMN notice.id IS '内部番号';
COMMENT ON COLUMN notice.association_id IS '発信する医師会';
COMMENT ON COLUMN notice.state IS '状態(下書き・登録済・終了)。予約・掲載中・終了は掲載期間と日から決まる';
COMMENT ON COLUMN notice.title IS 'タイトル';
COMMENT ON COLUMN notice.category1_id IS 'カテゴリ1';
COMMENT ON COLUMN notice.category2_id IS 'カテゴリ2';
COMMENT ON COLUMN notice.lead IS 'リード文';
COMMENT ON COLUMN notice.body IS '本文(見出し・箇条書き・リンクの記号を含む文字)';
COMMENT ON COLUMN notice.target IS '対象(自医師会の会員、条件、下層の事務局、下層の会員、公開)';
COMMENT ON COLUMN notice.condition IS '対象の条件';
COMMENT ON COLUMN notice.starts_on IS '掲載開始日';
COMMENT ON COLUMN notice.ends_on IS '掲載終了日(当日を含む)';
COMMENT ON COLUMN notice.important IS '重要(読むまで一番上に出る)';
COMMENT ON COLUMN notice.by_mail IS 'メールで送信する';
COMMENT ON COLUMN notice.mail_hour IS 'メールを送信する時(掲載開始日)';
COMMENT ON COLUMN notice.mail_at IS 'メールを送信する日時(登録したときに決まる)';
COMMENT ON COLUMN notice.mail_state IS 'メールの送信の進み';
COMMENT ON COLUMN notice.mail_after IS 'メールをここまで送信した';
COMMENT ON COLUMN notice.mailed IS 'メールを送信した人数';
COMMENT ON COLUMN notice.readers IS '対象の数(登録したとき、その後は毎日数え直す)';
COMMENT ON COLUMN notice.writer_name IS '作成者';
COMMENT ON COLUMN notice.version IS '版';
COMMENT ON COLUMN notice.created_at IS '作成日時';
COMMENT ON COLUMN notice.published_at IS '登録日時';
COMMENT ON COLUMN notice.ended_at IS '終了した日時';
CREATE INDEX notice_office ON notice (association_id, created_at, id);
CREATE INDEX notice_running ON notice (association_id, starts_on, id) WHERE state = 'published';
CREATE INDEX notice_public ON notice (starts_on, id) WHERE state = 'published' AND target = 'public';
CREATE INDEX notice_mail_due ON notice (mail_at) WHERE state = 'published' AND mail_state IN ('waiting', 'sending');

CREATE TABLE notice_file (
  id uuid PRIMARY KEY,
  notice_id uuid NOT NULL REFERENCES notice,
  file_id uuid NOT NULL REFERENCES stored_file,
  file_name text NOT NULL,
  media_type text NOT NULL,
  size int NOT NULL,
  created_at timestamptz NOT NULL,
  removed_at timestamptz
);
COMMENT ON TABLE notice_file IS 'お知らせの添付ファイル';
COMMENT ON COLUMN notice_file.id IS '内部番号';
COMMENT ON COLUMN notice_file.notice_id IS 'お知らせ';
COMMENT ON COLUMN notice_file.file_id IS '保管したファイル';
COMMENT ON COLUMN notice_file.file_name IS 'ファイル名';
COMMENT ON COLUMN notice_file.media_type IS '種類';
COMMENT ON COLUMN notice_file.size IS '大きさ(バイト)';
COMMENT ON COLUMN notice_file.created_at IS '添付日時';
COMMENT ON COLUMN notice_file.removed_at IS '外した日時';
CREATE INDEX notice_file_notice ON notice_file (notice_id, created_at, id);
CREATE INDEX notice_file_stored ON notice_file (file_id);

CREATE TABLE notice_read (
  notice_id uuid NOT NULL REFERENCES notice,
  person_id uuid NOT NULL REFERENCES person,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (notice_id, person_id)
);
COMMENT ON TABLE notice_read IS 'お知らせの既読(医師、追記のみ)';
COMMENT ON COLUMN notice_read.notice_id IS 'お知らせ';
COMMENT ON COLUMN notice_read.person_id IS '読んだ医師';
COMMENT ON COLUMN notice_read.read_at IS '最初に読んだ日時';
CREATE INDEX notice_read_person ON notice_read (person_id, notice_id);

CREATE TABLE notice_office_read (
  notice_id uuid NOT NULL REFERENCES notice,
  association_id int NOT NULL REFERENCES association,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (notice_id, association_id)
);
COMMENT ON TABLE notice_office_read IS 'お知らせの既読(事務局、追記のみ)';
COMMENT ON COLUMN notice_office_read.notice_id IS 'お知らせ';
COMMENT ON COLUMN notice_office_read.association_id IS '読んだ医師会';
COMMENT ON COLUMN notice_office_read.read_at IS '最初に読んだ日時';

-- 医師会の上下(ある日の、自分を含まない)
CREATE FUNCTION associations_above(ids int[], day date) RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT v.parent_id AS id FROM association_version v
      WHERE v.association_id = ANY (ids) AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.parent_id FROM up JOIN association_version v ON v.association_id = up.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id), '{}') FROM up WHERE id IS NOT NULL
$$;
COMMENT ON FUNCTION associations_above(int[], date) IS '医師会の上にあるすべての医師会';
CREATE FUNCTION associations_below(top int, day date) RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE down AS (
    SELECT v.association_id AS id FROM association_version v WHERE v.parent_id = top AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.association_id FROM down JOIN association_version v ON v.parent_id = down.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM down
$$;
COMMENT ON FUNCTION associations_below(int, date) IS '医師会の下にあるすべての医師会';

CREATE FUNCTION ctx_memberships() RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(m.association_id), '{}') FROM membership_period m
  WHERE m.person_id = ctx_person() AND m.joined_on <= ctx_today() AND (m.left_on IS NULL OR m.left_on >= ctx_today())
$$;
COMMENT ON FUNCTION ctx_memberships() IS '操作者本人(医師)が、この日に会員である医師会';
CREATE FUNCTION ctx_members_above() RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT associations_above(ctx_memberships(), ctx_today())
$$;
COMMENT ON FUNCTION ctx_members_above() IS '操作者本人(医師)が会員である医師会の、上にある医師会';
CREATE FUNCTION ctx_offices_above() RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT associations_above(ctx_associations(), ctx_today())
$$;
COMMENT ON FUNCTION ctx_offices_above() IS '操作者の事務局の、上にある医師会';

-- 条件に当てはまるか。数えるときも、送るときも、読むときも、これだけが決める。
CREATE FUNCTION notice_fits(c jsonb, category int, work text, owner text, department text, born date, training text, in_jma boolean, in_lower boolean, day date)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (NOT c ? 'categories' OR c->'categories' @> to_jsonb(category))
    AND (NOT c ? 'works' OR c->'works' ? work)
    AND (NOT c ? 'owners' OR c->'owners' ? owner)
    AND (NOT c ? 'departments' OR c->'departments' ? department)
    AND (NOT c ? 'ageFrom' OR born <= day - make_interval(years => (c->>'ageFrom')::int))
    AND (NOT c ? 'ageTo' OR born > day - make_interval(years => (c->>'ageTo')::int + 1))
    AND (NOT c ? 'training' OR training >= to_char(day, 'YYYY-MM'))
    AND (NOT c ? 'jma' OR (c->>'jma')::boolean = in_jma)
    AND (NOT c ? 'lower' OR in_lower)
$$;
COMMENT ON FUNCTION notice_fits(jsonb, int, text, text, text, date, text, boolean, boolean, date) IS 'お知らせの対象の条件に当てはまるか';

CREATE FUNCTION notice_readers(sender int, kind text, condition jsonb, day date, beyond uuid, most int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  below int[];
BEGIN
  IF kind = 'members' THEN
    RETURN QUERY SELECT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = sender AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  ELSIF kind = 'condition' THEN
    RETURN QUERY SELECT h.person_id FROM membership_phase h JOIN person p ON p.id = h.person_id
      JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id
      WHERE h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR h.person_id > beyond)
        AND notice_fits(condition, h.category_id, a.work_code, f.owner_type, p.main_department, p.birth_on, p.training_ends_on,
          CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END, day)
      ORDER BY h.person_id LIMIT most;
  ELSIF kind = 'lowerMembers' THEN
    below := associations_below(sender, day);
    RETURN QUERY SELECT DISTINCT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = ANY (below) AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  END IF;
END $$;
COMMENT ON FUNCTION notice_readers(int, text, jsonb, date, uuid, int) IS 'ある日のお知らせの対象者(亡くなった人を除く、番号の順)';

-- 人数だけを答える。下層の会員は事務局から見えないので、ここで数える。
CREATE FUNCTION notice_readers_count(sender int, kind text, condition jsonb, day date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (ctx_scope() = 'all' OR sender = ANY (ctx_associations())) THEN RETURN NULL; END IF;
  IF kind = 'lowerOffices' THEN RETURN cardinality(associations_below(sender, day)); END IF;
  IF kind = 'public' THEN RETURN NULL; END IF;
  RETURN (SELECT count(*) FROM notice_readers(sender, kind, condition, day, NULL, NULL));
END $$;
COMMENT ON FUNCTION notice_readers_count(int, text, jsonb, date) IS 'お知らせの対象の数。発信する医師会だけが問える';

-- 既読の数だけを答える。誰が読んだかは、本人のほかには見えない。
CREATE FUNCTION notice_reads(ids uuid[]) RETURNS TABLE (notice_id uuid, reads bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, CASE n.target WHEN 'lowerOffices' THEN (SELECT count(*) FROM notice_office_read r WHERE r.notice_id = n.id)
    ELSE (SELECT count(*) FROM notice_read r WHERE r.notice_id = n.id) END
  FROM notice n WHERE n.id = ANY (ids) AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION notice_reads(uuid[]) IS 'お知らせを読んだ数。発信した医師会だけが問える';

CREATE FUNCTION notice_meets_me(sender int, condition jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  day date := ctx_today();
  me uuid := ctx_person();
BEGIN
  RETURN EXISTS (SELECT FROM membership_phase h JOIN person p ON p.id = h.person_id
    JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id
    WHERE h.person_id = me AND h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day)
      AND notice_fits(condition, h.category_id, a.work_code, f.owner_type, p.main_department, p.birth_on, p.training_ends_on,
        EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = 0
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)),
        EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = (condition->>'lower')::int
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)), day));
END $$;
COMMENT ON FUNCTION notice_meets_me(int, jsonb) IS '操作者本人(医師)が、この日にお知らせの条件に当てはまるか';

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_scope ON notice FOR SELECT USING (CASE
  WHEN (SELECT ctx_scope()) = 'all' THEN true
  WHEN association_id = ANY ((SELECT ctx_associations())::int[]) THEN true
  WHEN state = 'draft' OR starts_on > (SELECT ctx_today()) THEN false
  WHEN target = 'public' THEN (SELECT ctx_actor_key()) <> ''
  WHEN target = 'lowerOffices' THEN association_id = ANY ((SELECT ctx_offices_above())::int[])
  WHEN target = 'lowerMembers' THEN association_id = ANY ((SELECT ctx_members_above())::int[])
  WHEN target = 'members' THEN association_id = ANY ((SELECT ctx_memberships())::int[])
  ELSE association_id = ANY ((SELECT ctx_memberships())::int[]) AND notice_meets_me(association_id, condition) END);
CREATE POLICY notice_insert ON notice FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY notice_update ON notice FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON notice TO mamis_app;
GRANT UPDATE (state, title, category1_id, category2_id, lead, body, target, condition, starts_on, ends_on, important, by_mail, mail_hour, mail_at,
  mail_state, mail_after, mailed, readers, version, published_at, ended_at) ON notice TO mamis_app;

ALTER TABLE notice_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_file_scope ON notice_file FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY notice_file_insert ON notice_file FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.association_id = ANY ((SELECT ctx_associations())::int[])));
CREATE POLICY notice_file_update ON notice_file FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.association_id = ANY ((SELECT ctx_associations())::int[])));
GRANT SELECT, INSERT ON notice_file TO mamis_app;
GRANT UPDATE (removed_at) ON notice_file TO mamis_app;

ALTER TABLE notice_read ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_read_scope ON notice_read FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person()));
CREATE POLICY notice_read_insert ON notice_read FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (person_id = (SELECT ctx_person()) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id)));
GRANT SELECT, INSERT ON notice_read TO mamis_app;
ALTER TABLE notice_office_read ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_office_read_scope ON notice_office_read FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY notice_office_read_insert ON notice_office_read FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id)));
GRANT SELECT, INSERT ON notice_office_read TO mamis_app;
