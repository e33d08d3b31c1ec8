CREATE TABLE loose_paper (id uuid PRIMARY KEY, file_id uuid NOT NULL REFERENCES stored_file);
ALTER TABLE loose_paper ENABLE ROW LEVEL SECURITY;
CREATE POLICY loose_paper_scope ON loose_paper USING ((SELECT ctx_scope()) = 'all');
COMMENT ON TABLE loose_paper IS '書類';
COMMENT ON COLUMN loose_paper.id IS '内部番号';
COMMENT ON COLUMN loose_paper.file_id IS 'ファイル';
