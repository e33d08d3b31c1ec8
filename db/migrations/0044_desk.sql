-- 臨床研修の修了の案内(M-23)、異動先未定の異動届の後の案内(M-25)、一覧の表示件数

-- 臨床研修の修了が近い会員を医師会へ知らせた控え。一人につき、同じ修了年月と回では一度だけ。
CREATE TABLE training_notice (
  association_id int NOT NULL REFERENCES association,
  person_id uuid NOT NULL REFERENCES person,
  training_ends_on text NOT NULL CHECK (training_ends_on ~ '^\d{4}-\d{2}$'),
  mark int NOT NULL CHECK (mark IN (1, 2)),
  told_on date NOT NULL,
  PRIMARY KEY (association_id, person_id, training_ends_on, mark)
);
COMMENT ON TABLE training_notice IS '臨床研修の修了の案内の控え(追記のみ)';
COMMENT ON COLUMN training_notice.association_id IS '知らせた医師会(最下層)';
COMMENT ON COLUMN training_notice.person_id IS '会員';
COMMENT ON COLUMN training_notice.training_ends_on IS '臨床研修修了(予定)年月';
COMMENT ON COLUMN training_notice.mark IS '何回目の案内か(1は60日前、2は14日前)';
COMMENT ON COLUMN training_notice.told_on IS '知らせた日';
ALTER TABLE training_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY training_notice_all ON training_notice USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON training_notice TO mamis_app;
CREATE INDEX person_training_ends ON person (training_ends_on) WHERE training_ends_on IS NOT NULL;

-- 異動先未定の異動届(rules.md 3.6): 続きの届と案内のために探す。
CREATE INDEX application_undecided ON application (person_id) WHERE kind = 'transfer' AND (form ->> 'undecided') = 'true';

-- 一覧の表示件数(screens.md 1.3): 本人だけのもの。
CREATE TABLE account_preference (
  account_id uuid PRIMARY KEY REFERENCES account,
  page_size int NOT NULL CHECK (page_size IN (25, 50, 100)),
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE account_preference IS '利用者ごとの画面の好み(本人だけのもの)';
COMMENT ON COLUMN account_preference.account_id IS '利用者';
COMMENT ON COLUMN account_preference.page_size IS '一覧の表示件数';
COMMENT ON COLUMN account_preference.changed_at IS '変更日時';
ALTER TABLE account_preference ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_preference_own ON account_preference USING ((SELECT ctx_scope()) = 'all' OR account_id = (SELECT ctx_account()))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR account_id = (SELECT ctx_account()));
GRANT SELECT, INSERT, UPDATE ON account_preference TO mamis_app;
