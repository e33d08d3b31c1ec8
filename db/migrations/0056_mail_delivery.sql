-- 届かなかったメール(screens.md P-08、D-01)

ALTER TABLE mail_message DROP CONSTRAINT mail_message_state_check;
ALTER TABLE mail_message ADD CONSTRAINT mail_message_state_check CHECK (state IN ('waiting', 'sent', 'failed', 'bounced', 'stopped'));
ALTER TABLE mail_message ADD COLUMN bounced_at timestamptz;
COMMENT ON COLUMN mail_message.bounced_at IS '不達と分かった日時';
GRANT UPDATE (bounced_at) ON mail_message TO mamis_app;
CREATE INDEX mail_message_state ON mail_message (state, created_at DESC, id DESC);

ALTER TABLE account ADD COLUMN mail_bounced_at timestamptz;
COMMENT ON COLUMN account.mail_bounced_at IS '登録メールアドレスに届かないと分かった日時(アドレスを確認し直すと消える)';
ALTER TABLE person ADD COLUMN mail_bounced_at timestamptz;
COMMENT ON COLUMN person.mail_bounced_at IS '登録メールアドレスに届かないと分かった日時(アドレスを確認し直すと消える)';
GRANT UPDATE (mail_bounced_at) ON person TO mamis_app;
CREATE INDEX person_mail_bounced ON person (id) WHERE mail_bounced_at IS NOT NULL;

-- 別のアドレスになれば、前のアドレスの不達は過去のことになる。
CREATE FUNCTION forget_mail_bounce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.mail_bounced_at := NULL;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION forget_mail_bounce() IS 'メールアドレスが変わったら、不達の印を消す';
CREATE TRIGGER account_mail_changed BEFORE UPDATE OF mail ON account
  FOR EACH ROW WHEN (OLD.mail IS DISTINCT FROM NEW.mail) EXECUTE FUNCTION forget_mail_bounce();
CREATE TRIGGER person_mail_changed BEFORE UPDATE OF mail ON person
  FOR EACH ROW WHEN (OLD.mail IS DISTINCT FROM NEW.mail) EXECUTE FUNCTION forget_mail_bounce();
