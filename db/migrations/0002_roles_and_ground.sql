-- 役割・医師会・設定・区分・利用者(1階)
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE COLLATION IF NOT EXISTS ja (provider = icu, locale = 'ja-JP', deterministic = true);

-- アプリケーションが使う役割。記録の表に対する UPDATE / DELETE を持たない。
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mamis_app') THEN
    CREATE ROLE mamis_app NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- 管理型のサーバーでは所有者は特権利用者ではない。役割を切り替えられるようにする。
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT mamis_app TO %I', current_user);
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO mamis_app;

-- 操作者の文脈。設定が無ければ何も見えない。
CREATE FUNCTION ctx_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('mamis.scope', true), ''), 'none') $$;
COMMENT ON FUNCTION ctx_scope() IS '操作者の範囲: all / own / none';
CREATE FUNCTION ctx_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('mamis.person', true), '')::uuid $$;
COMMENT ON FUNCTION ctx_person() IS '操作者本人(医師)の番号';
CREATE FUNCTION ctx_associations() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('mamis.associations', true), '')::int[], '{}') $$;
COMMENT ON FUNCTION ctx_associations() IS '操作者が代表する医師会の番号の配列';

CREATE TABLE association (
  id int PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9]{5}$'),
  layer int NOT NULL CHECK (layer BETWEEN 1 AND 4),
  kind text NOT NULL CHECK (kind IN ('national', 'prefectural', 'district', 'university', 'ward', 'other')),
  prefecture_code text,
  certainty text NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('sourced', 'unverified', 'product'))
);
COMMENT ON TABLE association IS '医師会';
COMMENT ON COLUMN association.id IS '内部番号(医師会コードの数値)';
COMMENT ON COLUMN association.code IS '医師会コード5桁';
COMMENT ON COLUMN association.layer IS '層 1:日本医師会 2:都道府県 3:郡市区等 4:地区';
COMMENT ON COLUMN association.kind IS '種別';
COMMENT ON COLUMN association.prefecture_code IS '都道府県コード';
COMMENT ON COLUMN association.certainty IS '名称等の確認状態';

CREATE TABLE association_version (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  starts_on date NOT NULL,
  ends_on date,
  period daterange NOT NULL GENERATED ALWAYS AS (daterange(starts_on, ends_on + 1)) STORED,
  parent_id int REFERENCES association,
  name text NOT NULL,
  kana text NOT NULL,
  name_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(name) COLLATE "C") STORED,
  tel text, fax text, mail text, postal_code text, address text, office_hours text, website text,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_on IS NULL OR ends_on >= starts_on),
  EXCLUDE USING gist (association_id WITH =, period WITH &&)
);
COMMENT ON TABLE association_version IS '医師会の名称・上位・連絡先の履歴(期間付き)';
COMMENT ON COLUMN association_version.id IS '内部番号';
COMMENT ON COLUMN association_version.association_id IS '医師会';
COMMENT ON COLUMN association_version.starts_on IS '適用開始日';
COMMENT ON COLUMN association_version.ends_on IS '適用終了日(当日を含む)';
COMMENT ON COLUMN association_version.period IS '適用期間';
COMMENT ON COLUMN association_version.parent_id IS '上位の医師会';
COMMENT ON COLUMN association_version.name IS '名称';
COMMENT ON COLUMN association_version.kana IS 'フリガナ';
COMMENT ON COLUMN association_version.name_fold IS '検索用の名称';
COMMENT ON COLUMN association_version.tel IS '電話番号';
COMMENT ON COLUMN association_version.fax IS 'FAX';
COMMENT ON COLUMN association_version.mail IS 'メールアドレス';
COMMENT ON COLUMN association_version.postal_code IS '郵便番号';
COMMENT ON COLUMN association_version.address IS '所在地';
COMMENT ON COLUMN association_version.office_hours IS '受付時間';
COMMENT ON COLUMN association_version.website IS 'ウェブサイト';
COMMENT ON COLUMN association_version.recorded_at IS '記録日時';
CREATE INDEX association_version_parent ON association_version (parent_id);

CREATE TABLE association_settings (
  association_id int NOT NULL REFERENCES association,
  version int NOT NULL CHECK (version > 0),
  starts_on date NOT NULL,
  settings jsonb NOT NULL,
  reason text NOT NULL,
  created_by uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (association_id, version),
  UNIQUE (association_id, starts_on)
);
COMMENT ON TABLE association_settings IS '環境設定(版)。届は申請時の版に固定される';
COMMENT ON COLUMN association_settings.association_id IS '医師会';
COMMENT ON COLUMN association_settings.version IS '版';
COMMENT ON COLUMN association_settings.starts_on IS '適用開始日';
COMMENT ON COLUMN association_settings.settings IS '設定の内容';
COMMENT ON COLUMN association_settings.reason IS '変更の理由';
COMMENT ON COLUMN association_settings.created_by IS '作成者';
COMMENT ON COLUMN association_settings.recorded_at IS '記録日時';

CREATE TABLE member_category (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  code text NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  jma_code text,
  liability_insurance boolean NOT NULL,
  trainee boolean NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  sort_order int NOT NULL,
  UNIQUE (association_id, code)
);
COMMENT ON TABLE member_category IS '会員区分(医師会ごと)';
COMMENT ON COLUMN member_category.id IS '内部番号';
COMMENT ON COLUMN member_category.association_id IS '医師会';
COMMENT ON COLUMN member_category.code IS 'コード';
COMMENT ON COLUMN member_category.name IS '名称';
COMMENT ON COLUMN member_category.description IS '説明';
COMMENT ON COLUMN member_category.jma_code IS '日医区分の目安';
COMMENT ON COLUMN member_category.liability_insurance IS '医師賠償責任保険';
COMMENT ON COLUMN member_category.trainee IS '研修医向け';
COMMENT ON COLUMN member_category.starts_on IS '開始日';
COMMENT ON COLUMN member_category.ends_on IS '終了日';
COMMENT ON COLUMN member_category.sort_order IS '並び順';

CREATE TABLE code_value (
  list text NOT NULL,
  code text NOT NULL,
  label text NOT NULL,
  kana text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}',
  sort_order int NOT NULL,
  certainty text NOT NULL,
  starts_on date NOT NULL DEFAULT '1900-01-01',
  ends_on date,
  PRIMARY KEY (list, code)
);
COMMENT ON TABLE code_value IS 'コード表(診療科・施設業務・役職・事由など)';
COMMENT ON COLUMN code_value.list IS '表の名前';
COMMENT ON COLUMN code_value.code IS 'コード';
COMMENT ON COLUMN code_value.label IS '名称';
COMMENT ON COLUMN code_value.kana IS 'フリガナ';
COMMENT ON COLUMN code_value.detail IS '付随する属性';
COMMENT ON COLUMN code_value.sort_order IS '並び順';
COMMENT ON COLUMN code_value.certainty IS '確認状態';
COMMENT ON COLUMN code_value.starts_on IS '開始日';
COMMENT ON COLUMN code_value.ends_on IS '終了日';

-- 利用者の入口。個人の記録より下の階なので person を参照しない(医師の結び付きは person 側の account_id)。
CREATE TABLE account (
  id uuid PRIMARY KEY,
  login_id text COLLATE "C" NOT NULL,
  password_hash text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('doctor', 'staff')),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'stopped')),
  display_name text NOT NULL,
  mail text,
  failed_count int NOT NULL DEFAULT 0,
  retry_after timestamptz,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  password_changed_at timestamptz NOT NULL DEFAULT now(),
  last_login_at timestamptz
);
COMMENT ON TABLE account IS 'ログイン情報';
COMMENT ON COLUMN account.id IS '内部番号';
COMMENT ON COLUMN account.login_id IS 'ログインID';
COMMENT ON COLUMN account.password_hash IS 'パスワードのハッシュ(Argon2id)';
COMMENT ON COLUMN account.kind IS '種類 doctor:医師 staff:事務局';
COMMENT ON COLUMN account.state IS '使用状態';
COMMENT ON COLUMN account.display_name IS '表示名';
COMMENT ON COLUMN account.mail IS 'メールアドレス';
COMMENT ON COLUMN account.failed_count IS '続けて失敗した回数';
COMMENT ON COLUMN account.retry_after IS '次に試せる日時';
COMMENT ON COLUMN account.version IS '版';
COMMENT ON COLUMN account.created_at IS '作成日時';
COMMENT ON COLUMN account.password_changed_at IS 'パスワード変更日時';
COMMENT ON COLUMN account.last_login_at IS '最終ログイン日時';
CREATE UNIQUE INDEX account_login_id ON account (lower(login_id));

CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  staff_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  user_agent text NOT NULL DEFAULT ''
);
COMMENT ON TABLE session IS 'ログイン中の端末';
COMMENT ON COLUMN session.token_hash IS '合言葉のハッシュ(SHA-256)';
COMMENT ON COLUMN session.account_id IS 'ログイン情報';
COMMENT ON COLUMN session.staff_id IS '選択中の事務局ユーザー';
COMMENT ON COLUMN session.created_at IS '開始日時';
COMMENT ON COLUMN session.seen_at IS '最終利用日時';
COMMENT ON COLUMN session.expires_at IS '期限';
COMMENT ON COLUMN session.user_agent IS 'ブラウザ';
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE staff_member (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  association_id int REFERENCES association,
  office_kind text NOT NULL CHECK (office_kind IN ('association', 'operations')),
  role text NOT NULL CHECK (role IN ('admin', 'clerk', 'trainingContractor')),
  surname text NOT NULL, given_name text NOT NULL,
  surname_kana text NOT NULL, given_name_kana text NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'stopped')),
  valid_until date NOT NULL,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((office_kind = 'association') = (association_id IS NOT NULL)),
  UNIQUE (account_id, association_id)
);
COMMENT ON TABLE staff_member IS '事務局ユーザー';
COMMENT ON COLUMN staff_member.id IS '内部番号';
COMMENT ON COLUMN staff_member.account_id IS 'ログイン情報';
COMMENT ON COLUMN staff_member.association_id IS '所属する医師会';
COMMENT ON COLUMN staff_member.office_kind IS '事務局の種類';
COMMENT ON COLUMN staff_member.role IS '権限';
COMMENT ON COLUMN staff_member.surname IS '姓';
COMMENT ON COLUMN staff_member.given_name IS '名';
COMMENT ON COLUMN staff_member.surname_kana IS 'セイ';
COMMENT ON COLUMN staff_member.given_name_kana IS 'メイ';
COMMENT ON COLUMN staff_member.state IS '使用状態';
COMMENT ON COLUMN staff_member.valid_until IS '有効期間の終わり';
COMMENT ON COLUMN staff_member.version IS '版';
COMMENT ON COLUMN staff_member.created_at IS '作成日時';
CREATE INDEX staff_member_association ON staff_member (association_id);
