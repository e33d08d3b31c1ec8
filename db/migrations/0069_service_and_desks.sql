-- 計画停止と障害のお知らせ(screens.md P-07, A-16)。運営事務局が入力し、だれでも見られる。
CREATE TABLE service_notice (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('maintenance', 'fault')),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  mode text NOT NULL CHECK (mode IN ('stop', 'readOnly', 'part')),
  impact text NOT NULL DEFAULT '',
  workaround text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('announced', 'withdrawn')),
  entered_by uuid NOT NULL,
  entered_name text NOT NULL,
  entered_at timestamptz NOT NULL,
  settled_name text NOT NULL DEFAULT '',
  settled_at timestamptz,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT service_notice_order CHECK (ends_at > starts_at),
  CHECK (kind <> 'maintenance' OR ends_at IS NOT NULL),
  CHECK (kind <> 'fault' OR impact <> '')
);
COMMENT ON TABLE service_notice IS '計画停止(メンテナンス)と障害のお知らせ';
COMMENT ON COLUMN service_notice.id IS '内部番号';
COMMENT ON COLUMN service_notice.kind IS '種類 maintenance:メンテナンス fault:障害';
COMMENT ON COLUMN service_notice.starts_at IS '開始または発生の日時';
COMMENT ON COLUMN service_notice.ends_at IS '終了または復旧の日時(復旧前は空)';
COMMENT ON COLUMN service_notice.mode IS '影響 stop:停止 readOnly:読み取りのみ part:一部';
COMMENT ON COLUMN service_notice.impact IS '影響の内容';
COMMENT ON COLUMN service_notice.workaround IS '回避方法';
COMMENT ON COLUMN service_notice.state IS '状態 announced:掲載 withdrawn:取消';
COMMENT ON COLUMN service_notice.entered_by IS '入力した者';
COMMENT ON COLUMN service_notice.entered_name IS '入力した者の氏名';
COMMENT ON COLUMN service_notice.entered_at IS '入力日時';
COMMENT ON COLUMN service_notice.settled_name IS '復旧または取消を入力した者の氏名';
COMMENT ON COLUMN service_notice.settled_at IS '復旧または取消の入力日時';
COMMENT ON COLUMN service_notice.version IS '版';
CREATE INDEX service_notice_time ON service_notice (starts_at, id);
ALTER TABLE service_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY service_notice_read ON service_notice FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY service_notice_insert ON service_notice FOR INSERT
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR ((SELECT ctx_operations()) AND entered_by = (SELECT ctx_account())));
CREATE POLICY service_notice_update ON service_notice FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR (SELECT ctx_operations()));
GRANT SELECT, INSERT ON service_notice TO mamis_app;
GRANT UPDATE (ends_at, state, settled_name, settled_at, version) ON service_notice TO mamis_app;

-- 異動に伴う確認(rules.md 6, P-05): 日本医師会の会員の異動が完了すると、医賠責対策課と年金福祉課に届く。
ALTER TABLE inquiry DROP CONSTRAINT inquiry_kind_check, DROP CONSTRAINT inquiry_asker_check, DROP CONSTRAINT inquiry_asker, DROP CONSTRAINT inquiry_application;
ALTER TABLE inquiry
  ADD CONSTRAINT inquiry_kind_check CHECK (kind IN ('operation', 'login', 'memberInfo', 'joining', 'fee', 'lifelong', 'familyDoctor', 'occupational',
    'liability', 'pension', 'application', 'other', 'transferCheck')),
  ADD CONSTRAINT inquiry_asker_check CHECK (asker IN ('doctor', 'office', 'contractor', 'guest', 'system')),
  ADD CONSTRAINT inquiry_asker CHECK ((asker = 'doctor') = (person_id IS NOT NULL) AND (asker = 'office') = (asker_association_id IS NOT NULL)
    AND (asker IN ('guest', 'system')) = (account_id IS NULL) AND (asker = 'guest') = (asker_mail <> '')),
  ADD CONSTRAINT inquiry_transfer CHECK ((asker = 'system') = (kind = 'transferCheck')),
  ADD CONSTRAINT inquiry_application CHECK ((application_id IS NULL) = (application_number IS NULL)
    AND (application_id IS NULL OR kind IN ('application', 'transferCheck')));
COMMENT ON COLUMN inquiry.asker IS '尋ねた人(医師・医師会事務局・外部委託先・ログインしていない人・システム)';
CREATE UNIQUE INDEX inquiry_transfer_once ON inquiry (application_id, desk_section) WHERE kind = 'transferCheck';

-- よくある質問に追加したもの(P-05)。だれでも読める。
CREATE TABLE faq_entry (
  id uuid PRIMARY KEY,
  question text NOT NULL,
  answer text NOT NULL,
  state text NOT NULL CHECK (state IN ('shown', 'withdrawn')),
  added_by uuid NOT NULL,
  added_name text NOT NULL,
  added_at timestamptz NOT NULL,
  withdrawn_name text NOT NULL DEFAULT '',
  withdrawn_at timestamptz,
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);
COMMENT ON TABLE faq_entry IS 'よくある質問に追加された質問と回答';
COMMENT ON COLUMN faq_entry.id IS '内部番号';
COMMENT ON COLUMN faq_entry.question IS '質問';
COMMENT ON COLUMN faq_entry.answer IS '回答';
COMMENT ON COLUMN faq_entry.state IS '状態 shown:掲載 withdrawn:取り下げ';
COMMENT ON COLUMN faq_entry.added_by IS '追加した者';
COMMENT ON COLUMN faq_entry.added_name IS '追加した者の氏名';
COMMENT ON COLUMN faq_entry.added_at IS '追加日時';
COMMENT ON COLUMN faq_entry.withdrawn_name IS '取り下げた者の氏名';
COMMENT ON COLUMN faq_entry.withdrawn_at IS '取り下げた日時';
CREATE INDEX faq_entry_shown ON faq_entry (added_at, id) WHERE state = 'shown';
ALTER TABLE faq_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY faq_entry_read ON faq_entry FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR (SELECT ctx_operations())
  OR 0 = ANY ((SELECT ctx_associations())::int[]) OR (state = 'shown' AND (SELECT ctx_scope()) IN ('own', 'none')));
CREATE POLICY faq_entry_insert ON faq_entry FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (added_by = (SELECT ctx_account()) AND ((SELECT ctx_operations()) OR 0 = ANY ((SELECT ctx_associations())::int[]))));
CREATE POLICY faq_entry_update ON faq_entry FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR (SELECT ctx_operations())
  OR 0 = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON faq_entry TO mamis_app;
GRANT UPDATE (state, withdrawn_name, withdrawn_at) ON faq_entry TO mamis_app;
