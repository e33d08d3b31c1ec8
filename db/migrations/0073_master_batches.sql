-- 医師会マスタの一括更新(screens.md J-02): 1つのCSVの変更を、1人が入力し、別の1人がまとめて予約する。
CREATE TABLE association_batch (
  id uuid PRIMARY KEY,
  row_count int NOT NULL CHECK (row_count > 0),
  reason text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL
);
COMMENT ON TABLE association_batch IS '医師会マスタの一括更新(追記のみ)。変更は association_change に1件ずつある';
COMMENT ON COLUMN association_batch.id IS '内部番号';
COMMENT ON COLUMN association_batch.row_count IS '変更する医師会の数';
COMMENT ON COLUMN association_batch.reason IS '理由';
COMMENT ON COLUMN association_batch.proposed_by IS '入力した者';
COMMENT ON COLUMN association_batch.proposed_name IS '入力した者の氏名(入力時)';
COMMENT ON COLUMN association_batch.proposed_at IS '入力日時';
CREATE INDEX association_batch_list ON association_batch (proposed_at);
ALTER TABLE association_batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_batch_scope ON association_batch FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_batch_insert ON association_batch FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (0 = ANY ((SELECT ctx_associations())::int[]) AND proposed_by = (SELECT ctx_account())));
GRANT SELECT, INSERT ON association_batch TO mamis_app;

ALTER TABLE association_change DROP CONSTRAINT association_change_kind_check, DROP CONSTRAINT association_change_check,
  DROP CONSTRAINT association_change_check1;
ALTER TABLE association_change
  ADD COLUMN batch_id uuid REFERENCES association_batch,
  ADD COLUMN association_kind text CHECK (association_kind IN ('prefectural', 'district', 'university', 'ward', 'other')),
  ADD COLUMN prefecture_code text,
  ADD COLUMN certainty text CHECK (certainty IN ('sourced', 'unverified')),
  ADD COLUMN before jsonb NOT NULL DEFAULT '{}',
  ADD CONSTRAINT association_change_kind_check CHECK (kind IN ('rename', 'reparent', 'close', 'merge', 'split', 'revise')),
  ADD CONSTRAINT association_change_name_check CHECK (
    CASE kind WHEN 'rename' THEN name IS NOT NULL AND kana IS NOT NULL WHEN 'revise' THEN true ELSE name IS NULL AND kana IS NULL END),
  ADD CONSTRAINT association_change_parent_check CHECK (
    CASE kind WHEN 'reparent' THEN parent_id IS NOT NULL WHEN 'revise' THEN true ELSE parent_id IS NULL END),
  ADD CONSTRAINT association_change_revise_check CHECK (
    kind <> 'revise' OR (batch_id IS NOT NULL AND num_nonnulls(name, kana, parent_id, association_kind, prefecture_code, certainty) > 0)),
  ADD CONSTRAINT association_change_plain_check CHECK (kind = 'revise' OR num_nonnulls(association_kind, prefecture_code, certainty) = 0);
COMMENT ON COLUMN association_change.batch_id IS '一括更新による変更では、その一括更新';
COMMENT ON COLUMN association_change.association_kind IS '新しい種別(一括更新のみ)';
COMMENT ON COLUMN association_change.prefecture_code IS '新しい都道府県コード(一括更新のみ)';
COMMENT ON COLUMN association_change.certainty IS '新しい確認状態(一括更新のみ)';
COMMENT ON COLUMN association_change.before IS '入力した時の内容(一括更新のみ)';
CREATE INDEX association_change_batch ON association_change (batch_id, starts_on) WHERE batch_id IS NOT NULL;
CREATE INDEX association_change_batch_open ON association_change (proposed_at) WHERE batch_id IS NOT NULL AND state = 'proposed';

-- 履歴を持たない項目(種別・都道府県・確認)を改める。前の内容は association_change に残る。
CREATE FUNCTION revise_association(wanted int, new_kind text, new_prefecture text, new_certainty text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (ctx_scope() = 'all' OR 0 = ANY (ctx_associations())) THEN
    RAISE EXCEPTION 'only the JMA and the system revise an association';
  END IF;
  UPDATE association a SET kind = coalesce(new_kind, a.kind), prefecture_code = coalesce(new_prefecture, a.prefecture_code),
    certainty = coalesce(new_certainty, a.certainty) WHERE a.id = wanted;
END $$;
COMMENT ON FUNCTION revise_association(int, text, text, text) IS '医師会の種別・都道府県・確認状態を改める(日本医師会とシステムのみ)';
REVOKE EXECUTE ON FUNCTION revise_association(int, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION revise_association(int, text, text, text) TO mamis_app;

ALTER TABLE member_notification ADD COLUMN more_associations int NOT NULL DEFAULT 0 CHECK (more_associations >= 0);
COMMENT ON COLUMN member_notification.more_associations IS '一括更新で、ほかに変更された医師会の数';
