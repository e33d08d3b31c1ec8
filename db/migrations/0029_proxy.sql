-- 代理申請: 承認できるようになる日、本人からの異議。
ALTER TABLE application ADD COLUMN held_until date;
ALTER TABLE application ADD COLUMN objected_at timestamptz;
COMMENT ON COLUMN application.held_until IS 'この日から承認できる(所在不明による退会)';
COMMENT ON COLUMN application.objected_at IS '本人が異議を申し出た日時(空は異議なし)';
GRANT UPDATE (held_until, objected_at) ON application TO mamis_app;
-- 入力中の代理申請を、会員ごとに探す。
CREATE INDEX application_proxy_draft ON application (proxy_association_id, person_id) WHERE state = 'draft' AND proxy_association_id IS NOT NULL;

-- 事務局が入力中の届は、申請されるまで本人には見えない。
ALTER POLICY application_scope ON application USING ((SELECT ctx_scope()) = 'all'
  OR (person_id = (SELECT ctx_person()) AND (state <> 'draft' OR proxy_association_id IS NULL))
  OR visible_to && (SELECT ctx_associations()));
-- 代理で申請する医師会は、その届の段階を作る。見える範囲は作られた後に決まる。
CREATE POLICY application_step_entered ON application_step FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM application a WHERE a.id = application_id AND a.proxy_association_id = ANY ((SELECT ctx_associations())::int[])));
