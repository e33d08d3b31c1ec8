-- 環境設定の提出書類に付ける様式のファイル(screens.md O-21)。だれのことでもない白紙の様式で、利用者なら誰でも見られる。
CREATE TABLE paper_form (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  file_id uuid NOT NULL UNIQUE REFERENCES stored_file,
  file_name text NOT NULL,
  media_type text NOT NULL,
  size int NOT NULL,
  created_at timestamptz NOT NULL,
  created_by_name text NOT NULL
);
COMMENT ON TABLE paper_form IS '提出書類の様式(追記のみ)';
COMMENT ON COLUMN paper_form.id IS '内部番号';
COMMENT ON COLUMN paper_form.association_id IS '医師会';
COMMENT ON COLUMN paper_form.file_id IS 'ファイル';
COMMENT ON COLUMN paper_form.file_name IS 'ファイル名';
COMMENT ON COLUMN paper_form.media_type IS '内容から判定した種類';
COMMENT ON COLUMN paper_form.size IS '大きさ(バイト)';
COMMENT ON COLUMN paper_form.created_at IS '登録日時';
COMMENT ON COLUMN paper_form.created_by_name IS '登録した者の氏名(登録時)';
CREATE INDEX paper_form_association ON paper_form (association_id, created_at DESC, id);
ALTER TABLE paper_form ENABLE ROW LEVEL SECURITY;
CREATE POLICY paper_form_read ON paper_form FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY paper_form_insert ON paper_form FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON paper_form TO mamis_app;
