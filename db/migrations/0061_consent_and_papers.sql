-- 規約の変更への同意(A-17)、会員関連通知の変更前・変更後(O-15)、登録情報の代理変更の証拠書類(O-09)。

-- 新しい版。同意の期限がある版だけ、次のログインで同意を求める(最初の版は登録のときに同意している)。
ALTER TABLE terms_version ADD COLUMN agree_by date;
ALTER TABLE terms_version ADD COLUMN published_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE terms_version ADD CONSTRAINT terms_version_agree_by CHECK (agree_by >= effective_on);
COMMENT ON COLUMN terms_version.agree_by IS '同意の期限。この日まで、同意しない人も閲覧とお問合せができる(空は同意を求めない版)';
COMMENT ON COLUMN terms_version.published_at IS '版を登録した日時。これより後のログインで同意を求める';
GRANT INSERT ON terms_version TO mamis_app;

ALTER TABLE session ADD COLUMN consent_put_off boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN session.consent_put_off IS 'このログインでは「今は同意しない」を選んだ(閲覧とお問合せだけできる)';

-- 変更前と変更後は、登録情報の変更から読む。
ALTER TABLE member_notification ADD COLUMN profile_change_id uuid REFERENCES profile_change;
COMMENT ON COLUMN member_notification.profile_change_id IS 'もとの登録情報の変更(変更前と変更後は、その会員が見えるあいだだけ読める)';
CREATE INDEX member_notification_profile_change ON member_notification (profile_change_id) WHERE profile_change_id IS NOT NULL;

-- 医師会事務局による変更は、だれの依頼か、いつの依頼か、何を見たかを残す。
ALTER TABLE profile_change ADD COLUMN ground text;
ALTER TABLE profile_change ADD COLUMN asked_on date;
ALTER TABLE profile_change ADD CONSTRAINT profile_change_asked CHECK ((ground IS NULL) = (asked_on IS NULL) AND (ground IS NULL OR source = 'office'));
COMMENT ON COLUMN profile_change.ground IS '依頼の根拠(医師会事務局による変更。以前の変更と送付物設定では空)';
COMMENT ON COLUMN profile_change.asked_on IS '依頼日';

CREATE TABLE profile_change_paper (
  id uuid PRIMARY KEY,
  change_id uuid NOT NULL REFERENCES profile_change,
  file_id uuid NOT NULL REFERENCES stored_file
);
COMMENT ON TABLE profile_change_paper IS '登録情報の代理変更の証拠書類(追記のみ)';
COMMENT ON COLUMN profile_change_paper.id IS '内部番号';
COMMENT ON COLUMN profile_change_paper.change_id IS '登録情報の変更';
COMMENT ON COLUMN profile_change_paper.file_id IS 'ファイル';
CREATE UNIQUE INDEX profile_change_paper_once ON profile_change_paper (file_id);
CREATE INDEX profile_change_paper_change ON profile_change_paper (change_id);
ALTER TABLE profile_change_paper ENABLE ROW LEVEL SECURITY;
-- 証拠書類は、本人と、変更した医師会だけが見る。
CREATE POLICY profile_change_paper_scope ON profile_change_paper FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM profile_change c WHERE c.id = change_id
    AND (c.person_id = (SELECT ctx_person()) OR c.association_id = ANY ((SELECT ctx_associations())::int[]))));
CREATE POLICY profile_change_paper_insert ON profile_change_paper FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM profile_change c WHERE c.id = change_id AND c.association_id = ANY ((SELECT ctx_associations())::int[])));
GRANT SELECT, INSERT ON profile_change_paper TO mamis_app;
CREATE POLICY stored_file_of_profile_change ON stored_file FOR SELECT USING (EXISTS (SELECT FROM profile_change_paper q WHERE q.file_id = stored_file.id));
