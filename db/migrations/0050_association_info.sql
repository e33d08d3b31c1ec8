-- 医師会情報(O-19): 連絡先、会長、入会の案内文、在籍証明書の発行を、適用日ごとの版として一か所に持つ。
CREATE TABLE association_seal (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  file_id uuid NOT NULL UNIQUE REFERENCES stored_file,
  media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/gif')),
  size int NOT NULL CHECK (size BETWEEN 1 AND 1048576),
  created_at timestamptz NOT NULL,
  created_by_name text NOT NULL
);
COMMENT ON TABLE association_seal IS '在籍証明書に記す印影(追記のみ)';
COMMENT ON COLUMN association_seal.id IS '内部番号';
COMMENT ON COLUMN association_seal.association_id IS '医師会';
COMMENT ON COLUMN association_seal.file_id IS 'ファイル';
COMMENT ON COLUMN association_seal.media_type IS '内容から判定した種類';
COMMENT ON COLUMN association_seal.size IS '大きさ(バイト、1MBまで)';
COMMENT ON COLUMN association_seal.created_at IS '登録日時';
COMMENT ON COLUMN association_seal.created_by_name IS '登録した者の氏名(登録時)';
CREATE INDEX association_seal_association ON association_seal (association_id, created_at);
ALTER TABLE association_seal ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_seal_read ON association_seal FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_seal_insert ON association_seal FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_seal TO mamis_app;

CREATE TABLE association_info (
  association_id int NOT NULL REFERENCES association,
  version int NOT NULL CHECK (version >= 1),
  starts_on date NOT NULL,
  president_name text NOT NULL DEFAULT '',
  postal_code text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  tel text NOT NULL DEFAULT '',
  fax text NOT NULL DEFAULT '',
  mail text NOT NULL DEFAULT '',
  office_hours text NOT NULL DEFAULT '',
  website text NOT NULL DEFAULT '',
  join_guide text NOT NULL DEFAULT '',
  way text NOT NULL DEFAULT 'direct' CHECK (way IN ('direct', 'office')),
  signer_title text NOT NULL DEFAULT '会長',
  signer_name text NOT NULL DEFAULT '',
  seal_id uuid REFERENCES association_seal,
  recorded_by text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (association_id, version)
);
COMMENT ON TABLE association_info IS '医師会情報(版、追記のみ)。適用日が最も新しいものが使われる';
COMMENT ON COLUMN association_info.association_id IS '医師会';
COMMENT ON COLUMN association_info.version IS '版';
COMMENT ON COLUMN association_info.starts_on IS '適用日';
COMMENT ON COLUMN association_info.president_name IS '会長名';
COMMENT ON COLUMN association_info.postal_code IS '事務局の郵便番号';
COMMENT ON COLUMN association_info.address IS '事務局の住所';
COMMENT ON COLUMN association_info.tel IS 'TEL';
COMMENT ON COLUMN association_info.fax IS 'FAX';
COMMENT ON COLUMN association_info.mail IS 'メールアドレス';
COMMENT ON COLUMN association_info.office_hours IS '受付時間';
COMMENT ON COLUMN association_info.website IS 'ウェブサイト';
COMMENT ON COLUMN association_info.join_guide IS '入会の案内文';
COMMENT ON COLUMN association_info.way IS '在籍証明書の発行方法(会員が直接発行、または事務局で確認して発行)';
COMMENT ON COLUMN association_info.signer_title IS '在籍証明書に記す会長職名';
COMMENT ON COLUMN association_info.signer_name IS '在籍証明書に記す会長氏名';
COMMENT ON COLUMN association_info.seal_id IS '在籍証明書に記す印影';
COMMENT ON COLUMN association_info.recorded_by IS '変更した者の氏名(変更時)';
COMMENT ON COLUMN association_info.recorded_at IS '記録日時';
CREATE INDEX association_info_days ON association_info (association_id, starts_on DESC, version DESC);
ALTER TABLE association_info ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_info_read ON association_info FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_info_insert ON association_info FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_info TO mamis_app;

-- 会長の漏えい報告先は、その医師会だけに見える。
CREATE TABLE association_breach_mail (
  association_id int NOT NULL,
  version int NOT NULL,
  mail text NOT NULL,
  PRIMARY KEY (association_id, version),
  FOREIGN KEY (association_id, version) REFERENCES association_info (association_id, version)
);
COMMENT ON TABLE association_breach_mail IS '会長の漏えい報告先(医師会情報の版ごと、追記のみ)';
COMMENT ON COLUMN association_breach_mail.association_id IS '医師会';
COMMENT ON COLUMN association_breach_mail.version IS '医師会情報の版';
COMMENT ON COLUMN association_breach_mail.mail IS '会長の漏えい報告先メール';
ALTER TABLE association_breach_mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_breach_mail_scope ON association_breach_mail FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_breach_mail_insert ON association_breach_mail FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_breach_mail TO mamis_app;

-- それまで別々に持っていたものを移し、二つ目の置き場所を残さない。
INSERT INTO association_info (association_id, version, starts_on, tel, fax, mail, postal_code, address, office_hours, website, way, signer_title, signer_name, recorded_at)
SELECT c.association_id, c.version, c.starts_on, coalesce(v.tel, ''), coalesce(v.fax, ''), coalesce(v.mail, ''), coalesce(v.postal_code, ''),
  coalesce(v.address, ''), coalesce(v.office_hours, ''), coalesce(v.website, ''), c.way, c.president_title, c.president_name, c.recorded_at
FROM certificate_issuing c LEFT JOIN association_version v ON v.association_id = c.association_id AND v.ends_on IS NULL;
INSERT INTO association_info (association_id, version, starts_on, tel, fax, mail, postal_code, address, office_hours, website, recorded_at)
SELECT v.association_id, 1, v.starts_on, coalesce(v.tel, ''), coalesce(v.fax, ''), coalesce(v.mail, ''), coalesce(v.postal_code, ''),
  coalesce(v.address, ''), coalesce(v.office_hours, ''), coalesce(v.website, ''), v.recorded_at
FROM association_version v
WHERE v.ends_on IS NULL AND concat(v.tel, v.fax, v.mail, v.postal_code, v.address, v.office_hours, v.website) <> ''
ON CONFLICT (association_id, version) DO NOTHING;
DROP TABLE certificate_issuing;
ALTER TABLE association_version DROP COLUMN tel, DROP COLUMN fax, DROP COLUMN mail, DROP COLUMN postal_code, DROP COLUMN address,
  DROP COLUMN office_hours, DROP COLUMN website;

-- ある日に使われる版。
CREATE FUNCTION association_info_on(wanted int, day date) RETURNS SETOF association_info LANGUAGE sql STABLE AS $$
  SELECT i.* FROM association_info i WHERE i.association_id = wanted AND i.starts_on <= day ORDER BY i.starts_on DESC, i.version DESC LIMIT 1
$$;
COMMENT ON FUNCTION association_info_on(int, date) IS 'ある日に使われる医師会情報の版';

-- 名称・フリガナの変更の申出(J-02 で日本医師会が決める)。
CREATE TABLE association_request (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  name text NOT NULL,
  kana text NOT NULL,
  starts_on date NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('requested', 'accepted', 'declined')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  answer text NOT NULL DEFAULT '',
  answered_by text NOT NULL DEFAULT '',
  answered_at timestamptz,
  CHECK ((state = 'requested') = (answered_at IS NULL))
);
COMMENT ON TABLE association_request IS '医師会の名称・フリガナの変更の申出';
COMMENT ON COLUMN association_request.id IS '内部番号';
COMMENT ON COLUMN association_request.association_id IS '医師会';
COMMENT ON COLUMN association_request.name IS '新しい名称';
COMMENT ON COLUMN association_request.kana IS '新しいフリガナ';
COMMENT ON COLUMN association_request.starts_on IS '適用日';
COMMENT ON COLUMN association_request.reason IS '理由';
COMMENT ON COLUMN association_request.state IS '状態(申出中、承認、却下)';
COMMENT ON COLUMN association_request.requested_by IS '申し出た者の氏名(申出時)';
COMMENT ON COLUMN association_request.requested_at IS '申出日時';
COMMENT ON COLUMN association_request.answer IS '日本医師会からの回答';
COMMENT ON COLUMN association_request.answered_by IS '回答した者の氏名(回答時)';
COMMENT ON COLUMN association_request.answered_at IS '回答日時';
CREATE UNIQUE INDEX association_request_open ON association_request (association_id) WHERE state = 'requested';
CREATE INDEX association_request_list ON association_request (association_id, requested_at);
CREATE INDEX association_request_waiting ON association_request (requested_at, id) WHERE state = 'requested';
ALTER TABLE association_request ENABLE ROW LEVEL SECURITY;
-- 申し出た医師会と、決める日本医師会(番号 0)に見える。
CREATE POLICY association_request_scope ON association_request FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]) OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_request_insert ON association_request FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_request_update ON association_request FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR 0 = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_request TO mamis_app;
GRANT UPDATE (state, answer, answered_by, answered_at) ON association_request TO mamis_app;
