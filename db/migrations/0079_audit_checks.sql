-- 操作履歴の検証の結果(screens.md O-18): 毎晩の検証がどこまで進み、何を見つけたか。
CREATE TABLE audit_chain_check (
  chain int PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  swept_seq bigint NOT NULL,
  swept_hash bytea NOT NULL,
  checked_at timestamptz,
  covered boolean NOT NULL,
  findings text[] NOT NULL DEFAULT '{}',
  found_at timestamptz,
  CONSTRAINT audit_chain_check_found CHECK ((found_at IS NULL) = (findings = '{}'))
);
COMMENT ON TABLE audit_chain_check IS '操作履歴の検証の結果(医師会ごとに一行)';
COMMENT ON COLUMN audit_chain_check.chain IS '鎖の番号(医師会。-1は医師・システム)';
COMMENT ON COLUMN audit_chain_check.seq IS 'ここまでの連番を検証した';
COMMENT ON COLUMN audit_chain_check.hash IS 'その記録のハッシュ';
COMMENT ON COLUMN audit_chain_check.swept_seq IS '過去の記録の読み直しが進んだ連番';
COMMENT ON COLUMN audit_chain_check.swept_hash IS 'その記録のハッシュ';
COMMENT ON COLUMN audit_chain_check.checked_at IS '最後の記録まで検証し終えた日時(まだのときは空)';
COMMENT ON COLUMN audit_chain_check.covered IS 'その検証で、データベースの外の控えに不備がなかった';
COMMENT ON COLUMN audit_chain_check.findings IS '一致しない記録(文。空は正常)';
COMMENT ON COLUMN audit_chain_check.found_at IS '最後に不一致を見つけた日時';
ALTER TABLE audit_chain_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_chain_check_read ON audit_chain_check FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR (SELECT ctx_operations())
  OR chain = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY audit_chain_check_insert ON audit_chain_check FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
CREATE POLICY audit_chain_check_update ON audit_chain_check FOR UPDATE USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE ON audit_chain_check TO mamis_app;

CREATE TABLE audit_check (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  whole boolean NOT NULL,
  chains int NOT NULL,
  rows_read bigint NOT NULL,
  problems text[] NOT NULL,
  covered_until date
);
COMMENT ON TABLE audit_check IS '操作履歴の検証を行った記録(追記のみ)';
COMMENT ON COLUMN audit_check.id IS '内部番号';
COMMENT ON COLUMN audit_check.at IS '日時';
COMMENT ON COLUMN audit_check.whole IS 'すべての記録を検証した(運用者の操作)。そうでなければ毎晩の検証';
COMMENT ON COLUMN audit_check.chains IS '検証した鎖の数';
COMMENT ON COLUMN audit_check.rows_read IS '読んだ記録の数';
COMMENT ON COLUMN audit_check.problems IS 'データベースの外の控えの不備(文)';
COMMENT ON COLUMN audit_check.covered_until IS '最後の控えの日';
CREATE INDEX audit_check_at ON audit_check (at DESC, id);
ALTER TABLE audit_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_check_read ON audit_check FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR (SELECT ctx_operations()));
CREATE POLICY audit_check_insert ON audit_check FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON audit_check TO mamis_app;
