-- 在籍証明書(D-13, O-29, A-14): 医師会が、ある日の在籍を証明した紙と、その確認。
CREATE SEQUENCE membership_certificate_number;

CREATE TABLE membership_certificate (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  base_on date NOT NULL,
  contents text[] NOT NULL,
  name_form text NOT NULL CHECK (name_form IN ('current', 'former')),
  purpose text NOT NULL DEFAULT '',
  by_office boolean NOT NULL,
  ground text,
  asked_on date,
  delivery text NOT NULL DEFAULT 'myPage' CHECK (delivery IN ('myPage', 'print')),
  state text NOT NULL CHECK (state IN ('requested', 'returned', 'issued', 'revoked')),
  applied_at timestamptz NOT NULL,
  answered_at timestamptz,
  answer_message text NOT NULL DEFAULT '',
  number text UNIQUE CHECK (number ~ '^C-[0-9]{10}$'),
  code text CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  paper jsonb,
  issued_at timestamptz,
  revoked_at timestamptz,
  revoked_by_office boolean,
  revoke_reason text NOT NULL DEFAULT '',
  check_count int NOT NULL DEFAULT 0,
  checked_at timestamptz,
  CONSTRAINT membership_certificate_issued CHECK ((state IN ('issued', 'revoked')) = (number IS NOT NULL)
    AND (number IS NULL) = (code IS NULL) AND (number IS NULL) = (paper IS NULL) AND (number IS NULL) = (issued_at IS NULL)),
  CONSTRAINT membership_certificate_revoked CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)
    AND (revoked_at IS NULL) = (revoked_by_office IS NULL)),
  CONSTRAINT membership_certificate_ground CHECK (by_office = (ground IS NOT NULL) AND (ground IS NULL) = (asked_on IS NULL))
);
COMMENT ON TABLE membership_certificate IS '在籍証明書(申請から発行・無効まで、1行が1通)';
COMMENT ON COLUMN membership_certificate.id IS '内部番号';
COMMENT ON COLUMN membership_certificate.person_id IS '医師';
COMMENT ON COLUMN membership_certificate.association_id IS '発行する医師会';
COMMENT ON COLUMN membership_certificate.base_on IS '基準日';
COMMENT ON COLUMN membership_certificate.contents IS '記載する内容';
COMMENT ON COLUMN membership_certificate.name_form IS '氏名の表記(現姓または旧姓併記)';
COMMENT ON COLUMN membership_certificate.purpose IS '用途・提出先';
COMMENT ON COLUMN membership_certificate.by_office IS '事務局が本人の依頼により発行した';
COMMENT ON COLUMN membership_certificate.ground IS '依頼の根拠';
COMMENT ON COLUMN membership_certificate.asked_on IS '依頼日';
COMMENT ON COLUMN membership_certificate.delivery IS '受取方法';
COMMENT ON COLUMN membership_certificate.state IS '状態';
COMMENT ON COLUMN membership_certificate.applied_at IS '申請日時';
COMMENT ON COLUMN membership_certificate.answered_at IS '事務局が発行または差戻しをした日時';
COMMENT ON COLUMN membership_certificate.answer_message IS '差戻しのメッセージ';
COMMENT ON COLUMN membership_certificate.number IS '証明書番号';
COMMENT ON COLUMN membership_certificate.code IS '確認コード';
COMMENT ON COLUMN membership_certificate.paper IS '紙に記載した事実(発行時のまま変わらない)';
COMMENT ON COLUMN membership_certificate.issued_at IS '発行日時';
COMMENT ON COLUMN membership_certificate.revoked_at IS '無効にした日時';
COMMENT ON COLUMN membership_certificate.revoked_by_office IS '無効にしたのは事務局である';
COMMENT ON COLUMN membership_certificate.revoke_reason IS '無効にした理由';
COMMENT ON COLUMN membership_certificate.check_count IS '確認ページで確認された回数';
COMMENT ON COLUMN membership_certificate.checked_at IS '最後に確認された日時';
CREATE INDEX membership_certificate_person ON membership_certificate (person_id, applied_at, id);
CREATE INDEX membership_certificate_office ON membership_certificate (association_id, applied_at, id);
CREATE INDEX membership_certificate_waiting ON membership_certificate (association_id, applied_at, id) WHERE state = 'requested';

ALTER TABLE membership_certificate ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_certificate_scope ON membership_certificate FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR person_id = (SELECT ctx_person()) OR association_id = ANY ((SELECT ctx_associations())::int[]));
-- 本人が申請するか、発行する医師会の事務局が、見える医師について発行する。
CREATE POLICY membership_certificate_insert ON membership_certificate FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (person_id = (SELECT ctx_person()) AND NOT by_office)
  OR (by_office AND association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
CREATE POLICY membership_certificate_update ON membership_certificate FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR person_id = (SELECT ctx_person()) OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON membership_certificate TO mamis_app;
GRANT UPDATE (state, answered_at, answer_message, number, code, paper, issued_at, revoked_at, revoked_by_office, revoke_reason, check_count, checked_at)
  ON membership_certificate TO mamis_app;
GRANT USAGE ON SEQUENCE membership_certificate_number TO mamis_app;

-- 紙に書かれたことと、無効にした事実は、後から変えられない。
CREATE FUNCTION keep_certificate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RAISE insufficient_privilege USING MESSAGE = 'a certificate that was issued stays as it was printed';
END $$;
COMMENT ON FUNCTION keep_certificate() IS '発行した在籍証明書の記載と、無効にした事実は変えられない';
CREATE TRIGGER membership_certificate_stands BEFORE UPDATE ON membership_certificate FOR EACH ROW
  WHEN ((OLD.number IS NOT NULL AND (NEW.number, NEW.code, NEW.paper, NEW.issued_at) IS DISTINCT FROM (OLD.number, OLD.code, OLD.paper, OLD.issued_at))
    OR (OLD.revoked_at IS NOT NULL AND (NEW.state, NEW.revoked_at) IS DISTINCT FROM (OLD.state, OLD.revoked_at)))
  EXECUTE FUNCTION keep_certificate();

CREATE TABLE certificate_issuing (
  association_id int NOT NULL REFERENCES association,
  version int NOT NULL CHECK (version >= 1),
  starts_on date NOT NULL,
  way text NOT NULL CHECK (way IN ('direct', 'office')),
  president_title text NOT NULL,
  president_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (association_id, version)
);
COMMENT ON TABLE certificate_issuing IS '在籍証明書の発行方法と発行者(医師会ごと、追記のみ)';
COMMENT ON COLUMN certificate_issuing.association_id IS '医師会';
COMMENT ON COLUMN certificate_issuing.version IS '版';
COMMENT ON COLUMN certificate_issuing.starts_on IS '適用日';
COMMENT ON COLUMN certificate_issuing.way IS '発行方法(会員が直接発行、または事務局で確認して発行)';
COMMENT ON COLUMN certificate_issuing.president_title IS '会長職名';
COMMENT ON COLUMN certificate_issuing.president_name IS '会長氏名';
COMMENT ON COLUMN certificate_issuing.recorded_at IS '記録日時';
ALTER TABLE certificate_issuing ENABLE ROW LEVEL SECURITY;
CREATE POLICY certificate_issuing_read ON certificate_issuing FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY certificate_issuing_insert ON certificate_issuing FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON certificate_issuing TO mamis_app;
