-- 利用者登録・初回ログイン・再設定(screens.md A-03〜A-12)。ログインの前のことなので、どの表もシステムだけが読み書きする。
CREATE TABLE terms_version (
  kind text NOT NULL CHECK (kind IN ('terms', 'privacy', 'office')),
  version int NOT NULL CHECK (version > 0),
  effective_on date NOT NULL,
  body text NOT NULL,
  changes text NOT NULL DEFAULT '',
  PRIMARY KEY (kind, version)
);
COMMENT ON TABLE terms_version IS '規約の版(追記のみ)';
COMMENT ON COLUMN terms_version.kind IS '種類 terms:利用規約 privacy:個人情報の取り扱い office:事務局規約';
COMMENT ON COLUMN terms_version.version IS '版';
COMMENT ON COLUMN terms_version.effective_on IS '施行日';
COMMENT ON COLUMN terms_version.body IS '本文';
COMMENT ON COLUMN terms_version.changes IS '変更点';
GRANT SELECT ON terms_version TO mamis_app;

CREATE TABLE terms_consent (
  account_id uuid NOT NULL REFERENCES account,
  kind text NOT NULL,
  version int NOT NULL,
  agreed_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, kind, version),
  FOREIGN KEY (kind, version) REFERENCES terms_version
);
COMMENT ON TABLE terms_consent IS '規約への同意(追記のみ)';
COMMENT ON COLUMN terms_consent.account_id IS 'ログイン情報';
COMMENT ON COLUMN terms_consent.kind IS '規約の種類';
COMMENT ON COLUMN terms_consent.version IS '同意した版';
COMMENT ON COLUMN terms_consent.agreed_at IS '同意した日時';
CREATE INDEX terms_consent_version ON terms_consent (kind, version);
ALTER TABLE terms_consent ENABLE ROW LEVEL SECURITY;
CREATE POLICY terms_consent_all ON terms_consent USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON terms_consent TO mamis_app;

CREATE TABLE registration (
  id uuid PRIMARY KEY,
  link_hash bytea NOT NULL UNIQUE,
  browser_hash bytea UNIQUE,
  mail text NOT NULL,
  account_id uuid REFERENCES account,
  terms_version int NOT NULL,
  privacy_version int NOT NULL,
  agreed_at timestamptz NOT NULL,
  draft jsonb NOT NULL DEFAULT '{}',
  password_hash text,
  id_checks int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  opened_at timestamptz,
  completed_at timestamptz
);
COMMENT ON TABLE registration IS '利用者登録・初回ログインの途中(期限が過ぎると消す)';
COMMENT ON COLUMN registration.id IS '内部番号';
COMMENT ON COLUMN registration.link_hash IS '確認メールのURLのハッシュ';
COMMENT ON COLUMN registration.browser_hash IS '手続きを続けるブラウザの合言葉のハッシュ';
COMMENT ON COLUMN registration.mail IS '確認するメールアドレス';
COMMENT ON COLUMN registration.account_id IS '初回ログインの場合のログイン情報';
COMMENT ON COLUMN registration.terms_version IS '同意した利用規約の版';
COMMENT ON COLUMN registration.privacy_version IS '同意した個人情報の取り扱いの版';
COMMENT ON COLUMN registration.agreed_at IS '同意した日時';
COMMENT ON COLUMN registration.draft IS '入力の途中(パスワードを除く)';
COMMENT ON COLUMN registration.password_hash IS '登録するパスワードのハッシュ(Argon2id)';
COMMENT ON COLUMN registration.id_checks IS 'ログインIDの空きを調べた回数';
COMMENT ON COLUMN registration.created_at IS '作成日時';
COMMENT ON COLUMN registration.expires_at IS '期限';
COMMENT ON COLUMN registration.opened_at IS 'メールのURLを使った日時';
COMMENT ON COLUMN registration.completed_at IS '登録した日時';
CREATE INDEX registration_mail ON registration (lower(mail), created_at);
CREATE INDEX registration_expires ON registration (expires_at);
CREATE INDEX registration_account ON registration (account_id) WHERE account_id IS NOT NULL;
ALTER TABLE registration ENABLE ROW LEVEL SECURITY;
CREATE POLICY registration_all ON registration USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE ON registration TO mamis_app;

CREATE TABLE account_link (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  purpose text NOT NULL CHECK (purpose IN ('reset', 'mail')),
  mail text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
COMMENT ON TABLE account_link IS '一度だけ使えるURL(期限が過ぎると消す)';
COMMENT ON COLUMN account_link.token_hash IS 'URLの合言葉のハッシュ';
COMMENT ON COLUMN account_link.account_id IS 'ログイン情報';
COMMENT ON COLUMN account_link.purpose IS '用途 reset:パスワードの再設定 mail:メールアドレスの変更';
COMMENT ON COLUMN account_link.mail IS '変更後のメールアドレス';
COMMENT ON COLUMN account_link.created_at IS '作成日時';
COMMENT ON COLUMN account_link.expires_at IS '期限';
COMMENT ON COLUMN account_link.used_at IS '使った日時';
CREATE INDEX account_link_account ON account_link (account_id, created_at);
CREATE INDEX account_link_expires ON account_link (expires_at);
ALTER TABLE account_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_link_all ON account_link USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE ON account_link TO mamis_app;

CREATE INDEX account_mail ON account (lower(mail));

-- 登録済みの番号で届いた登録は、番号を奪わずに「確認の依頼」とする(rules.md 5.2)。
ALTER TABLE person_licence ADD COLUMN claimed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN person_licence.claimed IS '登録済みの番号と重なるため確認中(第…号(確認前)のまま)';
DROP INDEX person_licence_number;
CREATE UNIQUE INDEX person_licence_number ON person_licence (number) WHERE current AND NOT claimed;
CREATE INDEX person_licence_claimed ON person_licence (number) WHERE claimed;

CREATE TABLE licence_claim (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL,
  claimant_id uuid NOT NULL REFERENCES person,
  holder_id uuid NOT NULL REFERENCES person,
  claimed_at timestamptz NOT NULL,
  settled_at timestamptz,
  CHECK (claimant_id <> holder_id)
);
COMMENT ON TABLE licence_claim IS '登録番号の重複(本人確認・名寄せの対象)';
COMMENT ON COLUMN licence_claim.id IS '内部番号';
COMMENT ON COLUMN licence_claim.number IS '医籍登録番号';
COMMENT ON COLUMN licence_claim.claimant_id IS '新しく登録した医師';
COMMENT ON COLUMN licence_claim.holder_id IS '登録済みの医師';
COMMENT ON COLUMN licence_claim.claimed_at IS '登録日時';
COMMENT ON COLUMN licence_claim.settled_at IS '判断した日時(空は確認中)';
CREATE INDEX licence_claim_open ON licence_claim (claimed_at, id) WHERE settled_at IS NULL;
CREATE INDEX licence_claim_claimant ON licence_claim (claimant_id);
CREATE INDEX licence_claim_holder ON licence_claim (holder_id);
ALTER TABLE licence_claim ENABLE ROW LEVEL SECURITY;
CREATE POLICY licence_claim_all ON licence_claim USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON licence_claim TO mamis_app;
GRANT UPDATE (settled_at) ON licence_claim TO mamis_app;
