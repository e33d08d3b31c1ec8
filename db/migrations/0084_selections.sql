-- 会員一覧(screens.md O-07)の条件の全員を、その時点の会員として選べるようにする。使われない選択は、夜間に消す。
ALTER TABLE member_selection DROP CONSTRAINT member_selection_person_ids_check;
ALTER TABLE member_selection ADD CONSTRAINT member_selection_person_ids_check CHECK (cardinality(person_ids) BETWEEN 1 AND 20000);
-- 番号は圧縮しても小さくならない。
ALTER TABLE member_selection ALTER COLUMN person_ids SET STORAGE EXTERNAL;
COMMENT ON TABLE member_selection IS '会員一覧で選んだ会員(変更しない。お知らせにもデータ出力にも使われないものは、一定の日数の後に消す)';

-- 何が選択を使っているか。
CREATE INDEX member_selection_old ON member_selection (selected_at, id);
CREATE INDEX notice_of_selection ON notice ((condition->>'selection')) WHERE condition ? 'selection';
CREATE INDEX data_export_of_selection ON data_export ((substring(conditions FROM 'selection=([0-9a-f-]{36})'))) WHERE conditions LIKE '%selection=%';

GRANT DELETE ON member_selection TO mamis_app;
CREATE POLICY member_selection_clean ON member_selection FOR DELETE USING ((SELECT ctx_scope()) = 'all');
