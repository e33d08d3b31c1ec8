-- 環境設定: 作成者の氏名、予定の取消、版ごとの処理中の届の数。
ALTER TABLE association_settings ADD COLUMN created_by_name text NOT NULL DEFAULT '';
COMMENT ON COLUMN association_settings.created_by_name IS '作成者の氏名(登録時)';

-- 取り消した予定と同じ日から始まる版を、もう一度予定できる。版の番号が、同時の登録を一つに絞る。
ALTER TABLE association_settings DROP CONSTRAINT association_settings_association_id_starts_on_key;
CREATE INDEX association_settings_start ON association_settings (association_id, starts_on DESC, version DESC);

CREATE TABLE association_settings_withdrawal (
  association_id int NOT NULL,
  version int NOT NULL,
  reason text NOT NULL,
  withdrawn_by uuid,
  withdrawn_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (association_id, version),
  FOREIGN KEY (association_id, version) REFERENCES association_settings
);
COMMENT ON TABLE association_settings_withdrawal IS '環境設定の予定の取消(追記のみ)。取り消した版は適用されない';
COMMENT ON COLUMN association_settings_withdrawal.association_id IS '医師会';
COMMENT ON COLUMN association_settings_withdrawal.version IS '取り消した版';
COMMENT ON COLUMN association_settings_withdrawal.reason IS '取消の理由';
COMMENT ON COLUMN association_settings_withdrawal.withdrawn_by IS '取り消した者';
COMMENT ON COLUMN association_settings_withdrawal.withdrawn_by_name IS '取り消した者の氏名(取消時)';
COMMENT ON COLUMN association_settings_withdrawal.recorded_at IS '記録日時';

-- 届には申請先すべての設定が示されるため、読むことは限らない。書けるのは自医師会の分だけ。
ALTER TABLE association_settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_settings_read ON association_settings FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_settings_insert ON association_settings FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
ALTER TABLE association_settings_withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_settings_withdrawal_read ON association_settings_withdrawal FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_settings_withdrawal_insert ON association_settings_withdrawal FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_settings_withdrawal TO mamis_app;

-- 「処理中の届 n件」を版ごとに数える。
CREATE INDEX application_step_pinned ON application_step (association_id, settings_version) INCLUDE (person_id, visible_to) WHERE open;
