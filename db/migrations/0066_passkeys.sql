-- パスキー(rules.md 5.4、screens.md A-01、A-02、D-05)。パスワードと2段階認証の代わりに、または2段階認証として使う。
CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  credential_id bytea NOT NULL CONSTRAINT passkey_credential_id UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
  public_key bytea NOT NULL,
  counter bigint NOT NULL CHECK (counter >= 0),
  transports text[] NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX passkey_of_account ON passkey (account_id, created_at, id);
COMMENT ON TABLE passkey IS 'パスキー';
COMMENT ON COLUMN passkey.id IS '内部ID';
COMMENT ON COLUMN passkey.account_id IS 'ログイン情報';
COMMENT ON COLUMN passkey.credential_id IS '端末が付けたパスキーの番号';
COMMENT ON COLUMN passkey.public_key IS '公開鍵';
COMMENT ON COLUMN passkey.counter IS '端末が数えた使用回数(数えない端末は0)';
COMMENT ON COLUMN passkey.transports IS '端末とのつなぎ方';
COMMENT ON COLUMN passkey.name IS '本人が付けた名前';
COMMENT ON COLUMN passkey.created_at IS '追加日時';
COMMENT ON COLUMN passkey.used_at IS '最後に使った日時';
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY passkey_all ON passkey USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, DELETE ON passkey TO mamis_app;
GRANT UPDATE (counter, used_at) ON passkey TO mamis_app;

CREATE TABLE passkey_challenge (
  challenge_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('add', 'login', 'second')),
  account_id uuid REFERENCES account,
  expires_at timestamptz NOT NULL,
  CHECK ((purpose = 'login') = (account_id IS NULL))
);
CREATE INDEX passkey_challenge_age ON passkey_challenge (expires_at);
COMMENT ON TABLE passkey_challenge IS 'パスキーの端末に渡した問い(1つにつき1回、数分だけ有効)';
COMMENT ON COLUMN passkey_challenge.challenge_hash IS '問いのハッシュ';
COMMENT ON COLUMN passkey_challenge.purpose IS '用途(add 追加、login ログイン、second 2段階認証)';
COMMENT ON COLUMN passkey_challenge.account_id IS 'ログイン情報(ログインのときは空。まだ誰か分からない)';
COMMENT ON COLUMN passkey_challenge.expires_at IS '有効期限';
ALTER TABLE passkey_challenge ENABLE ROW LEVEL SECURITY;
CREATE POLICY passkey_challenge_all ON passkey_challenge USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE, DELETE ON passkey_challenge TO mamis_app;

-- 事務局ユーザーの2段階認証には、パスキーも数える。
CREATE OR REPLACE FUNCTION staff_factors(wanted int) RETURNS TABLE (staff_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM staff_member m
  WHERE m.association_id = wanted AND (ctx_scope() = 'all' OR wanted = ANY (ctx_associations()))
    AND (EXISTS (SELECT FROM second_factor f WHERE f.account_id = m.account_id AND f.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkey k WHERE k.account_id = m.account_id))
$$;

-- 解除すると、失くした端末のパスキーも使えなくなる。
CREATE OR REPLACE FUNCTION lift_staff_factor(wanted uuid, held timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  whose uuid;
  had boolean;
BEGIN
  SELECT m.account_id INTO whose FROM staff_member m
    WHERE m.id = wanted AND (ctx_scope() = 'all' OR m.association_id = ANY (ctx_associations()));
  IF whose IS NULL THEN RETURN false; END IF;
  DELETE FROM recovery_code WHERE account_id = whose;
  DELETE FROM passkey_challenge WHERE account_id = whose;
  DELETE FROM second_factor WHERE account_id = whose;
  had := FOUND;
  DELETE FROM passkey WHERE account_id = whose;
  IF NOT (had OR FOUND) THEN RETURN false; END IF;
  UPDATE account SET held_until = held, factor_lifted = true, version = version + 1 WHERE id = whose;
  RETURN true;
END
$$;
