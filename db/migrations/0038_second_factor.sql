-- 2段階認証(rules.md 5.4、screens.md A-02、D-05)。鍵はデータベースの外にある鍵で封をして持つ。
CREATE TABLE second_factor (
  account_id uuid PRIMARY KEY REFERENCES account,
  secret bytea NOT NULL,
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz
);
COMMENT ON TABLE second_factor IS '2段階認証(認証アプリ)';
COMMENT ON COLUMN second_factor.account_id IS 'ログイン情報';
COMMENT ON COLUMN second_factor.secret IS '認証アプリの鍵(暗号化)';
COMMENT ON COLUMN second_factor.last_step IS '最後に使ったコードの時刻の番号(同じコードを二度使わせない)';
COMMENT ON COLUMN second_factor.created_at IS '作成日時';
COMMENT ON COLUMN second_factor.confirmed_at IS '設定が完了した日時(空は設定の途中)';
ALTER TABLE second_factor ENABLE ROW LEVEL SECURITY;
CREATE POLICY second_factor_all ON second_factor USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor TO mamis_app;

CREATE TABLE recovery_code (
  account_id uuid NOT NULL REFERENCES account,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (account_id, code_hash)
);
COMMENT ON TABLE recovery_code IS 'リカバリーコード(1つにつき1回)';
COMMENT ON COLUMN recovery_code.account_id IS 'ログイン情報';
COMMENT ON COLUMN recovery_code.code_hash IS 'コードのハッシュ';
COMMENT ON COLUMN recovery_code.used_at IS '使った日時';
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY recovery_code_all ON recovery_code USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_code TO mamis_app;
