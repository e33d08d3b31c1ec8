-- 死亡登録の取消: 死亡の登録により終了した届を、取消のときに元に戻す。
ALTER TABLE application ADD COLUMN ended_by uuid REFERENCES application;
COMMENT ON COLUMN application.ended_by IS 'この届を終了させた死亡による退会届(空はほかの理由)';
CREATE INDEX application_ended_by ON application (ended_by) WHERE ended_by IS NOT NULL;
GRANT UPDATE (ended_by) ON application TO mamis_app;
