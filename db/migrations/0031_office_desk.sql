-- 申請管理(O-03、O-05): 担当者、保存した条件、所属施設と会員区分での絞り込み

-- 担当者。医師会ごとに、一つの届に一人まで。誰がいつ変えたかは操作履歴に残る。
CREATE TABLE case_assignment (
  association_id int NOT NULL REFERENCES association,
  application_id uuid NOT NULL REFERENCES application,
  staff_id uuid REFERENCES staff_member,
  assigned_at timestamptz NOT NULL,
  PRIMARY KEY (association_id, application_id)
);
COMMENT ON TABLE case_assignment IS '届の担当者(医師会ごと)';
COMMENT ON COLUMN case_assignment.association_id IS '医師会';
COMMENT ON COLUMN case_assignment.application_id IS '届';
COMMENT ON COLUMN case_assignment.staff_id IS '担当する事務局ユーザー(空は未定)';
COMMENT ON COLUMN case_assignment.assigned_at IS '担当者が決まった日時';
CREATE INDEX case_assignment_staff ON case_assignment (association_id, staff_id, application_id) WHERE staff_id IS NOT NULL;
ALTER TABLE case_assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY case_assignment_scope ON case_assignment USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (association_id = ANY ((SELECT ctx_associations())::int[])
    AND EXISTS (SELECT FROM application a WHERE a.id = application_id AND a.visible_to @> ARRAY[case_assignment.association_id])
    AND (staff_id IS NULL OR EXISTS (SELECT FROM staff_member m WHERE m.id = staff_id AND m.association_id = case_assignment.association_id))));
GRANT SELECT, INSERT, UPDATE ON case_assignment TO mamis_app;

-- この条件を保存(screens.md 1.3): 本人だけのもの。
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL REFERENCES account,
  list text NOT NULL CHECK (list ~ '^[a-z][A-Za-z]{1,39}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  conditions text NOT NULL CHECK (length(conditions) <= 2000),
  created_at timestamptz NOT NULL,
  CONSTRAINT saved_view_name UNIQUE (account_id, association_id, list, name)
);
COMMENT ON TABLE saved_view IS '一覧の保存した条件(本人だけのもの)';
COMMENT ON COLUMN saved_view.id IS '内部番号';
COMMENT ON COLUMN saved_view.association_id IS '医師会';
COMMENT ON COLUMN saved_view.account_id IS '保存した者';
COMMENT ON COLUMN saved_view.list IS '一覧の種類';
COMMENT ON COLUMN saved_view.name IS '名前';
COMMENT ON COLUMN saved_view.conditions IS '検索条件(アドレスの形)';
COMMENT ON COLUMN saved_view.created_at IS '保存日時';
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY saved_view_own ON saved_view USING ((SELECT ctx_scope()) = 'all'
    OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())));
GRANT SELECT, INSERT, DELETE ON saved_view TO mamis_app;

-- 所属施設での絞り込み: 届に書かれた施設(選んだもの、または入力した名称)。
ALTER TABLE application
  ADD COLUMN workplace_id uuid GENERATED ALWAYS AS (
    CASE WHEN form #>> '{details,facilityId}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (form #>> '{details,facilityId}')::uuid END) STORED,
  ADD COLUMN workplace_fold text COLLATE "C" GENERATED ALWAYS AS (nullif(fold_name(form #>> '{details,facilityName}'), '') COLLATE "C") STORED;
COMMENT ON COLUMN application.workplace_id IS '届に書かれた所属施設';
COMMENT ON COLUMN application.workplace_fold IS '検索用の、入力された所属施設名';
CREATE INDEX application_workplace ON application (workplace_id) WHERE workplace_id IS NOT NULL;
CREATE INDEX application_workplace_typed ON application (workplace_fold) WHERE workplace_fold IS NOT NULL;
CREATE INDEX application_affiliation ON application (affiliation_id) WHERE affiliation_id IS NOT NULL;

-- 会員区分での絞り込み: 決定した区分、なければ希望する区分、なければ現在の区分。
ALTER TABLE application_step ADD COLUMN held_category_id int REFERENCES member_category;
COMMENT ON COLUMN application_step.held_category_id IS '申請時の会員区分(現在の会員区分)';
UPDATE application_step s SET held_category_id = (b.held ->> 'categoryId')::int
  FROM (SELECT a.id, jsonb_array_elements(a.form -> 'before') AS held FROM application a WHERE jsonb_typeof(a.form -> 'before') = 'array') b
  WHERE b.id = s.application_id AND (b.held ->> 'associationId')::int = s.association_id;
ALTER TABLE application_step ADD COLUMN listed_category_id int GENERATED ALWAYS AS (coalesce(decided_category_id, category_id, held_category_id)) STORED;
COMMENT ON COLUMN application_step.listed_category_id IS '一覧の絞り込みに使う会員区分';
CREATE INDEX application_step_by_category ON application_step (association_id, listed_category_id, submitted_at, application_id);
