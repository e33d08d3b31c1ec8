-- 審査時連絡メッセージの添付も提出書類と同じ表に置く: 検査・閲覧範囲・記録が同じになる。
ALTER TABLE document ADD COLUMN message_id uuid REFERENCES review_message;
COMMENT ON COLUMN document.message_id IS '添付した審査時連絡メッセージ(空は届の提出書類)';
CREATE INDEX document_message ON document (message_id) WHERE message_id IS NOT NULL;

-- ファイルの代わりに、原本を事務局で確認したことの記録。
CREATE TABLE paper_original (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  kind text NOT NULL,
  title text NOT NULL,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL,
  officer_name text NOT NULL,
  at timestamptz NOT NULL,
  removed_at timestamptz,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE paper_original IS '原本を事務局で確認済みの提出書類';
COMMENT ON COLUMN paper_original.id IS '内部番号';
COMMENT ON COLUMN paper_original.application_id IS '届';
COMMENT ON COLUMN paper_original.kind IS '書類の種類';
COMMENT ON COLUMN paper_original.title IS '種類の名称';
COMMENT ON COLUMN paper_original.association_id IS '確認した医師会';
COMMENT ON COLUMN paper_original.account_id IS '確認した者';
COMMENT ON COLUMN paper_original.officer_name IS '確認した者の氏名';
COMMENT ON COLUMN paper_original.at IS '確認した日時';
COMMENT ON COLUMN paper_original.removed_at IS '確認を取り消した日時';
COMMENT ON COLUMN paper_original.visible_to IS '閲覧できる医師会';
CREATE UNIQUE INDEX paper_original_one ON paper_original (application_id, kind) WHERE removed_at IS NULL;
CREATE INDEX paper_original_application ON paper_original (application_id);
CREATE TRIGGER paper_original_visibility BEFORE INSERT ON paper_original FOR EACH ROW EXECUTE FUNCTION case_visibility();

CREATE FUNCTION copy_original_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE paper_original SET visible_to = NEW.visible_to WHERE application_id = NEW.id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION copy_original_visibility() IS '届の閲覧範囲を原本確認の記録に写す';
CREATE TRIGGER application_original_visibility AFTER UPDATE OF visible_to ON application
  FOR EACH ROW WHEN (OLD.visible_to IS DISTINCT FROM NEW.visible_to) EXECUTE FUNCTION copy_original_visibility();

ALTER TABLE paper_original ENABLE ROW LEVEL SECURITY;
CREATE POLICY paper_original_scope ON paper_original USING ((SELECT ctx_scope()) = 'all'
  OR visible_to && (SELECT ctx_associations())
  OR ((SELECT ctx_person()) IS NOT NULL AND application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person()))));
-- 確認した事務局だけが書ける。
CREATE POLICY paper_original_office ON paper_original AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY paper_original_undo ON paper_original AS RESTRICTIVE FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON paper_original TO mamis_app;
GRANT UPDATE (removed_at) ON paper_original TO mamis_app;
GRANT DELETE ON paper_original TO mamis_app;
