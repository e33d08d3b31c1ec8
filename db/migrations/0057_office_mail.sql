-- 事務局ユーザーごとのメールの受け取り方(screens.md O-27)と、1日1回のまとめ
CREATE TABLE office_mail_choice (
  account_id uuid NOT NULL REFERENCES account,
  association_id int NOT NULL REFERENCES association,
  kind text NOT NULL CHECK (kind IN ('arrived', 'resubmitted', 'confirm', 'ended', 'message')),
  choice text NOT NULL CHECK (choice IN ('each', 'daily', 'none')),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, association_id, kind)
);
COMMENT ON TABLE office_mail_choice IS '事務局ユーザーのメールの受け取り方(行がなければ都度)';
COMMENT ON COLUMN office_mail_choice.account_id IS '利用者';
COMMENT ON COLUMN office_mail_choice.association_id IS '医師会';
COMMENT ON COLUMN office_mail_choice.kind IS 'お知らせの種類';
COMMENT ON COLUMN office_mail_choice.choice IS '受け取り方(都度、1日1回まとめて、受け取らない)';
COMMENT ON COLUMN office_mail_choice.changed_at IS '変更日時';
ALTER TABLE office_mail_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_mail_choice_own ON office_mail_choice USING ((SELECT ctx_scope()) = 'all'
    OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())));
GRANT SELECT, INSERT, UPDATE ON office_mail_choice TO mamis_app;

CREATE TABLE office_mail_digest (
  account_id uuid NOT NULL REFERENCES account,
  association_id int NOT NULL REFERENCES association,
  dedupe_key text NOT NULL,
  line text NOT NULL,
  at timestamptz NOT NULL,
  sent_on date,
  PRIMARY KEY (account_id, association_id, dedupe_key)
);
COMMENT ON TABLE office_mail_digest IS '1日1回のメールにまとめるお知らせ';
COMMENT ON COLUMN office_mail_digest.account_id IS '利用者';
COMMENT ON COLUMN office_mail_digest.association_id IS '医師会';
COMMENT ON COLUMN office_mail_digest.dedupe_key IS '同じお知らせを二度載せないための鍵';
COMMENT ON COLUMN office_mail_digest.line IS 'まとめに載せる一行(氏名を含まない)';
COMMENT ON COLUMN office_mail_digest.at IS 'お知らせの日時';
COMMENT ON COLUMN office_mail_digest.sent_on IS 'まとめを送った日(まだなら空)';
CREATE INDEX office_mail_digest_waiting ON office_mail_digest (account_id, association_id, at) WHERE sent_on IS NULL;
ALTER TABLE office_mail_digest ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_mail_digest_all ON office_mail_digest USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON office_mail_digest TO mamis_app;
GRANT UPDATE (sent_on) ON office_mail_digest TO mamis_app;

-- 運営事務局が再送するメール(P-08)も、送信の仕事になる。
CREATE TRIGGER mail_requeue AFTER UPDATE OF state ON mail_message
  FOR EACH ROW WHEN (NEW.state = 'waiting' AND OLD.state <> 'waiting') EXECUTE FUNCTION mail_enqueue();
