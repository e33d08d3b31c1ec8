-- データ出力(rules.md 8.2): 一覧をファイルにした記録。中身はファイル置き場にあり、期限の後に消す。
CREATE SEQUENCE data_export_number;

CREATE TABLE data_export (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  actor_name text NOT NULL,
  list text NOT NULL,
  conditions text NOT NULL,
  condition_words text[] NOT NULL,
  columns text[] NOT NULL,
  purpose text NOT NULL,
  purpose_text text NOT NULL DEFAULT '',
  recipient text NOT NULL DEFAULT '',
  sensitive_reason text NOT NULL DEFAULT '',
  base_on date NOT NULL,
  encoding text NOT NULL CHECK (encoding IN ('utf8', 'cp932')),
  unmapped_way text NOT NULL CHECK (unmapped_way IN ('refuse', 'substitute')),
  numbered boolean NOT NULL,
  delete_by date NOT NULL,
  state text NOT NULL CHECK (state IN ('making', 'approval', 'declined', 'ready', 'unmapped', 'failed')),
  created_at timestamptz NOT NULL,
  ready_at timestamptz,
  fetch_until timestamptz,
  row_count int,
  file_id uuid,
  file_size bigint,
  file_digest bytea,
  id_digest bytea,
  unmapped jsonb NOT NULL DEFAULT '[]',
  CHECK ((state = 'ready') = (file_id IS NOT NULL AND ready_at IS NOT NULL AND fetch_until IS NOT NULL AND file_digest IS NOT NULL))
);
COMMENT ON TABLE data_export IS 'データ出力(1行が1ファイル)';
COMMENT ON COLUMN data_export.id IS '内部番号';
COMMENT ON COLUMN data_export.number IS '出力番号';
COMMENT ON COLUMN data_export.association_id IS '作成した医師会';
COMMENT ON COLUMN data_export.account_id IS '作成者';
COMMENT ON COLUMN data_export.staff_id IS '作成した事務局ユーザー';
COMMENT ON COLUMN data_export.actor_name IS '作成者の氏名';
COMMENT ON COLUMN data_export.list IS '対象の一覧';
COMMENT ON COLUMN data_export.conditions IS '一覧の条件(住所の形)';
COMMENT ON COLUMN data_export.condition_words IS '一覧の条件(言葉)';
COMMENT ON COLUMN data_export.columns IS '項目';
COMMENT ON COLUMN data_export.purpose IS '目的';
COMMENT ON COLUMN data_export.purpose_text IS '目的(その他の内容)';
COMMENT ON COLUMN data_export.recipient IS '提供先';
COMMENT ON COLUMN data_export.sensitive_reason IS '配慮を要する項目を出力する理由';
COMMENT ON COLUMN data_export.base_on IS '基準日';
COMMENT ON COLUMN data_export.encoding IS '文字コード';
COMMENT ON COLUMN data_export.unmapped_way IS '変換できない文字の扱い';
COMMENT ON COLUMN data_export.numbered IS '1行目に出力番号を付ける';
COMMENT ON COLUMN data_export.delete_by IS '削除予定日';
COMMENT ON COLUMN data_export.state IS '状態';
COMMENT ON COLUMN data_export.created_at IS '作成の依頼日時';
COMMENT ON COLUMN data_export.ready_at IS '作成日時';
COMMENT ON COLUMN data_export.fetch_until IS '取得できる期限';
COMMENT ON COLUMN data_export.row_count IS '件数';
COMMENT ON COLUMN data_export.file_id IS 'ファイル置き場の番号';
COMMENT ON COLUMN data_export.file_size IS '大きさ(バイト)';
COMMENT ON COLUMN data_export.file_digest IS 'ファイルのSHA-256';
COMMENT ON COLUMN data_export.id_digest IS '対象の番号の並びのSHA-256';
COMMENT ON COLUMN data_export.unmapped IS '変換できない文字と件数';
CREATE INDEX data_export_office ON data_export (association_id, created_at, id);
CREATE INDEX data_export_due ON data_export (delete_by, id) WHERE state = 'ready';

CREATE TABLE data_export_ids (
  export_id uuid NOT NULL REFERENCES data_export,
  part int NOT NULL,
  association_id int NOT NULL REFERENCES association,
  record_ids uuid[] NOT NULL,
  person_ids uuid[] NOT NULL,
  PRIMARY KEY (export_id, part)
);
COMMENT ON TABLE data_export_ids IS 'データ出力の対象の番号(追記のみ)';
COMMENT ON COLUMN data_export_ids.export_id IS 'データ出力';
COMMENT ON COLUMN data_export_ids.part IS '順序';
COMMENT ON COLUMN data_export_ids.association_id IS '作成した医師会';
COMMENT ON COLUMN data_export_ids.record_ids IS '対象の記録の番号(行の順)';
COMMENT ON COLUMN data_export_ids.person_ids IS '対象の医師の番号(行の順)';

CREATE TABLE data_export_event (
  id uuid PRIMARY KEY,
  export_id uuid NOT NULL REFERENCES data_export,
  association_id int NOT NULL REFERENCES association,
  kind text NOT NULL CHECK (kind IN ('approved', 'declined', 'fetched', 'deleted')),
  account_id uuid NOT NULL,
  actor_name text NOT NULL,
  reason text NOT NULL DEFAULT '',
  on_day date,
  at timestamptz NOT NULL
);
COMMENT ON TABLE data_export_event IS 'データ出力の承認・取得・削除報告(追記のみ)';
COMMENT ON COLUMN data_export_event.id IS '内部番号';
COMMENT ON COLUMN data_export_event.export_id IS 'データ出力';
COMMENT ON COLUMN data_export_event.association_id IS '作成した医師会';
COMMENT ON COLUMN data_export_event.kind IS '種類';
COMMENT ON COLUMN data_export_event.account_id IS '操作した者';
COMMENT ON COLUMN data_export_event.actor_name IS '操作した者の氏名';
COMMENT ON COLUMN data_export_event.reason IS '理由';
COMMENT ON COLUMN data_export_event.on_day IS '削除した日';
COMMENT ON COLUMN data_export_event.at IS '日時';
CREATE INDEX data_export_event_export ON data_export_event (export_id, at);
CREATE UNIQUE INDEX data_export_event_deleted ON data_export_event (export_id) WHERE kind = 'deleted';

ALTER TABLE data_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY data_export_scope ON data_export FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY data_export_insert ON data_export FOR INSERT
  WITH CHECK (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account()));
-- 承認・却下は同じ医師会の者が行い、ファイルを作った事実はシステムが書く。
CREATE POLICY data_export_update ON data_export FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
ALTER TABLE data_export_ids ENABLE ROW LEVEL SECURITY;
CREATE POLICY data_export_ids_scope ON data_export_ids FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY data_export_ids_insert ON data_export_ids FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
ALTER TABLE data_export_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY data_export_event_scope ON data_export_event FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY data_export_event_insert ON data_export_event FOR INSERT WITH CHECK (account_id = (SELECT ctx_account())
  AND EXISTS (SELECT FROM data_export e WHERE e.id = export_id AND e.association_id = data_export_event.association_id));
GRANT SELECT, INSERT ON data_export, data_export_ids, data_export_event TO mamis_app;
GRANT UPDATE (state, ready_at, fetch_until, row_count, file_id, file_size, file_digest, id_digest, unmapped) ON data_export TO mamis_app;
GRANT USAGE ON SEQUENCE data_export_number TO mamis_app;
