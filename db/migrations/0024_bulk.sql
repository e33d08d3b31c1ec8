-- 一括操作(rules.md 3.15): 依頼・対象・結果はすべて追記のみ。途中で止まっても、結果のない行から再開する。
CREATE TABLE bulk_run (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  actor_name text NOT NULL,
  action text NOT NULL,
  common jsonb NOT NULL DEFAULT '{}',
  total int NOT NULL CHECK (total BETWEEN 1 AND 500),
  retry_of uuid REFERENCES bulk_run,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE bulk_run IS '一括操作の依頼(追記のみ)';
COMMENT ON COLUMN bulk_run.id IS '内部番号';
COMMENT ON COLUMN bulk_run.association_id IS '依頼した医師会';
COMMENT ON COLUMN bulk_run.account_id IS '依頼した者';
COMMENT ON COLUMN bulk_run.staff_id IS '依頼した事務局ユーザー';
COMMENT ON COLUMN bulk_run.actor_name IS '依頼した者の氏名';
COMMENT ON COLUMN bulk_run.action IS '操作';
COMMENT ON COLUMN bulk_run.common IS '共通の入力';
COMMENT ON COLUMN bulk_run.total IS '対象の件数';
COMMENT ON COLUMN bulk_run.retry_of IS '再実行のもとになった依頼';
COMMENT ON COLUMN bulk_run.created_at IS '依頼日時';
CREATE INDEX bulk_run_office ON bulk_run (association_id, created_at, id);

CREATE TABLE bulk_row (
  run_id uuid NOT NULL REFERENCES bulk_run,
  ordinal int NOT NULL CHECK (ordinal BETWEEN 1 AND 500),
  association_id int NOT NULL REFERENCES association,
  application_id uuid NOT NULL REFERENCES application,
  input jsonb,
  stopped text NOT NULL DEFAULT '',
  key uuid NOT NULL UNIQUE,
  PRIMARY KEY (run_id, ordinal),
  UNIQUE (run_id, application_id)
);
COMMENT ON TABLE bulk_row IS '一括操作の対象(追記のみ)';
COMMENT ON COLUMN bulk_row.run_id IS '依頼';
COMMENT ON COLUMN bulk_row.ordinal IS '順序';
COMMENT ON COLUMN bulk_row.association_id IS '依頼した医師会';
COMMENT ON COLUMN bulk_row.application_id IS '届';
COMMENT ON COLUMN bulk_row.input IS '届ごとの入力(空は実行しない)';
COMMENT ON COLUMN bulk_row.stopped IS '実行しない理由';
COMMENT ON COLUMN bulk_row.key IS '二重実行を防ぐ鍵';

CREATE TABLE bulk_result (
  run_id uuid NOT NULL,
  ordinal int NOT NULL,
  association_id int NOT NULL REFERENCES association,
  done boolean NOT NULL,
  code text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  at timestamptz NOT NULL,
  PRIMARY KEY (run_id, ordinal),
  FOREIGN KEY (run_id, ordinal) REFERENCES bulk_row (run_id, ordinal)
);
COMMENT ON TABLE bulk_result IS '一括操作の結果(追記のみ)';
COMMENT ON COLUMN bulk_result.run_id IS '依頼';
COMMENT ON COLUMN bulk_result.ordinal IS '順序';
COMMENT ON COLUMN bulk_result.association_id IS '依頼した医師会';
COMMENT ON COLUMN bulk_result.done IS '完了したか(偽は未実行)';
COMMENT ON COLUMN bulk_result.code IS '未実行の種類';
COMMENT ON COLUMN bulk_result.reason IS '未実行の理由';
COMMENT ON COLUMN bulk_result.at IS '日時';

ALTER TABLE bulk_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY bulk_run_scope ON bulk_run FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY bulk_run_insert ON bulk_run FOR INSERT WITH CHECK (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account()));
ALTER TABLE bulk_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY bulk_row_scope ON bulk_row FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY bulk_row_insert ON bulk_row FOR INSERT WITH CHECK (association_id = ANY ((SELECT ctx_associations())::int[])
  AND EXISTS (SELECT FROM bulk_run r WHERE r.id = run_id AND r.association_id = bulk_row.association_id AND r.account_id = (SELECT ctx_account())));
-- 結果を書くのはシステムだけ。
ALTER TABLE bulk_result ENABLE ROW LEVEL SECURITY;
CREATE POLICY bulk_result_scope ON bulk_result FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY bulk_result_insert ON bulk_result FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON bulk_run, bulk_row, bulk_result TO mamis_app;
