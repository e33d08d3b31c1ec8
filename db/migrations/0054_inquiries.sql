-- お問合せ(A-15, D-15, O-26, P-05): 尋ねた人、受け持つ窓口、やり取り、回した記録。

-- 運営事務局の職員は医師会を代表しない。運営事務局に届いたお問合せだけを読む。
CREATE FUNCTION ctx_operations() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('mamis.operations', true), '') = 'on' $$;
COMMENT ON FUNCTION ctx_operations() IS '操作者は運営事務局の職員である';

CREATE SEQUENCE inquiry_number;

CREATE TABLE inquiry (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE DEFAULT 'Q-' || lpad(nextval('inquiry_number')::text, 10, '0') CHECK (number ~ '^Q-[0-9]{10,}$'),
  kind text NOT NULL CHECK (kind IN ('operation', 'login', 'memberInfo', 'joining', 'fee', 'lifelong', 'familyDoctor', 'occupational',
    'liability', 'pension', 'application', 'other')),
  subject text NOT NULL,
  state text NOT NULL CHECK (state IN ('new', 'inProgress', 'answered', 'done')),
  asker text NOT NULL CHECK (asker IN ('doctor', 'office', 'contractor', 'guest')),
  person_id uuid REFERENCES person,
  asker_association_id int REFERENCES association,
  account_id uuid,
  asker_name text NOT NULL,
  asker_kana text NOT NULL DEFAULT '',
  asker_mail text NOT NULL DEFAULT '',
  association_id int REFERENCES association,
  application_id uuid REFERENCES application,
  application_number text,
  desk text NOT NULL CHECK (desk IN ('office', 'operations', 'jma')),
  desk_association_id int REFERENCES association,
  desk_section text CHECK (desk_section IN ('memberInfo', 'generalAffairs', 'accounting', 'lifelong', 'longTermCare', 'health1', 'liability', 'pension')),
  asked_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  due_on date NOT NULL,
  version int NOT NULL DEFAULT 1,
  desk_ids int[] NOT NULL DEFAULT '{}',
  seen_by_operations boolean NOT NULL DEFAULT false,
  CONSTRAINT inquiry_asker CHECK ((asker = 'doctor') = (person_id IS NOT NULL) AND (asker = 'office') = (asker_association_id IS NOT NULL)
    AND (asker = 'guest') = (account_id IS NULL) AND (asker = 'guest') = (asker_mail <> '')),
  CONSTRAINT inquiry_desk CHECK ((desk = 'operations') = (desk_association_id IS NULL) AND (desk = 'jma') = (desk_section IS NOT NULL)),
  CONSTRAINT inquiry_application CHECK ((application_id IS NULL) = (application_number IS NULL) AND (application_id IS NULL OR kind = 'application'))
);
COMMENT ON TABLE inquiry IS 'お問合せ(1行が1件)';
COMMENT ON COLUMN inquiry.id IS '内部番号';
COMMENT ON COLUMN inquiry.number IS '受付番号';
COMMENT ON COLUMN inquiry.kind IS 'お問合せの種類';
COMMENT ON COLUMN inquiry.subject IS '件名(内容の最初の行)';
COMMENT ON COLUMN inquiry.state IS '状況(受付・対応中・回答済・完了)';
COMMENT ON COLUMN inquiry.asker IS '尋ねた人(医師・医師会事務局・外部委託先・ログインしていない人)';
COMMENT ON COLUMN inquiry.person_id IS '尋ねた医師';
COMMENT ON COLUMN inquiry.asker_association_id IS '尋ねた事務局の医師会';
COMMENT ON COLUMN inquiry.account_id IS '尋ねた人のログイン情報';
COMMENT ON COLUMN inquiry.asker_name IS '尋ねた人の氏名(尋ねた時のもの)';
COMMENT ON COLUMN inquiry.asker_kana IS '尋ねた人のフリガナ';
COMMENT ON COLUMN inquiry.asker_mail IS 'ログインしていない人への回答の宛先';
COMMENT ON COLUMN inquiry.association_id IS 'ご所属の医師会';
COMMENT ON COLUMN inquiry.application_id IS '対象の申請';
COMMENT ON COLUMN inquiry.application_number IS '対象の申請の受付番号';
COMMENT ON COLUMN inquiry.desk IS '窓口の種類(医師会事務局・運営事務局・日本医師会の担当課)';
COMMENT ON COLUMN inquiry.desk_association_id IS '窓口の医師会';
COMMENT ON COLUMN inquiry.desk_section IS '日本医師会の担当課';
COMMENT ON COLUMN inquiry.asked_at IS '受付日時';
COMMENT ON COLUMN inquiry.changed_at IS '最終更新日時';
COMMENT ON COLUMN inquiry.due_on IS '回答の期限';
COMMENT ON COLUMN inquiry.version IS '版';
COMMENT ON COLUMN inquiry.desk_ids IS '窓口になったことのある医師会';
COMMENT ON COLUMN inquiry.seen_by_operations IS '運営事務局が窓口になったことがある';
CREATE INDEX inquiry_person ON inquiry (person_id, changed_at, id) WHERE person_id IS NOT NULL;
CREATE INDEX inquiry_office ON inquiry (asker_association_id, changed_at, id) WHERE asker_association_id IS NOT NULL;
CREATE INDEX inquiry_account ON inquiry (account_id, changed_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX inquiry_mail ON inquiry (asker_mail, asked_at) WHERE asker_mail <> '';
CREATE INDEX inquiry_inbox ON inquiry (desk, desk_association_id, asked_at, id);
CREATE INDEX inquiry_open ON inquiry (desk, desk_association_id, asked_at, id) WHERE state <> 'done';

-- 回した後も、前の窓口は経過を読める(rules.md 8.4)。
CREATE FUNCTION inquiry_desks() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.desk_ids := '{}';
    NEW.seen_by_operations := false;
  ELSE
    NEW.desk_ids := OLD.desk_ids;
    NEW.seen_by_operations := OLD.seen_by_operations;
  END IF;
  IF NEW.desk = 'operations' THEN
    NEW.seen_by_operations := true;
  ELSIF NOT NEW.desk_association_id = ANY (NEW.desk_ids) THEN
    NEW.desk_ids := NEW.desk_ids || NEW.desk_association_id;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION inquiry_desks() IS 'お問合せの窓口になったことのある医師会を控える';
CREATE TRIGGER inquiry_keeps_desks BEFORE INSERT OR UPDATE ON inquiry FOR EACH ROW EXECUTE FUNCTION inquiry_desks();

ALTER TABLE inquiry ENABLE ROW LEVEL SECURITY;
CREATE POLICY inquiry_scope ON inquiry FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR account_id = (SELECT ctx_account()) OR asker_association_id = ANY ((SELECT ctx_associations())::int[])
  OR desk_ids && (SELECT ctx_associations()) OR (seen_by_operations AND (SELECT ctx_operations())));
-- 尋ねるのは本人または自分の医師会の名で。ログインしていない人のものはシステムが受け付ける。
CREATE POLICY inquiry_insert ON inquiry FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (account_id = (SELECT ctx_account()) AND (person_id IS NULL OR person_id = (SELECT ctx_person()))
    AND (asker_association_id IS NULL OR asker_association_id = ANY ((SELECT ctx_associations())::int[]))));
-- 書き換えるのは、尋ねた人と今の窓口だけ。
CREATE POLICY inquiry_update ON inquiry FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR account_id = (SELECT ctx_account()) OR asker_association_id = ANY ((SELECT ctx_associations())::int[])
  OR desk_association_id = ANY ((SELECT ctx_associations())::int[]) OR (desk = 'operations' AND (SELECT ctx_operations())))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person()) OR account_id = (SELECT ctx_account())
    OR asker_association_id = ANY ((SELECT ctx_associations())::int[]) OR desk_ids && (SELECT ctx_associations())
    OR (seen_by_operations AND (SELECT ctx_operations())));
GRANT SELECT, INSERT ON inquiry TO mamis_app;
GRANT UPDATE (state, desk, desk_association_id, desk_section, changed_at, due_on, version) ON inquiry TO mamis_app;
GRANT USAGE ON SEQUENCE inquiry_number TO mamis_app;

CREATE TABLE inquiry_message (
  id uuid PRIMARY KEY,
  inquiry_id uuid NOT NULL REFERENCES inquiry,
  by_desk boolean NOT NULL,
  account_id uuid,
  author_name text NOT NULL,
  author_office text NOT NULL DEFAULT '',
  body text NOT NULL,
  at timestamptz NOT NULL
);
COMMENT ON TABLE inquiry_message IS 'お問合せのやり取り(追記のみ)';
COMMENT ON COLUMN inquiry_message.id IS '内部番号';
COMMENT ON COLUMN inquiry_message.inquiry_id IS 'お問合せ';
COMMENT ON COLUMN inquiry_message.by_desk IS '窓口からの回答である';
COMMENT ON COLUMN inquiry_message.account_id IS '書いた人のログイン情報';
COMMENT ON COLUMN inquiry_message.author_name IS '書いた人の氏名';
COMMENT ON COLUMN inquiry_message.author_office IS '書いた人の医師会・担当課';
COMMENT ON COLUMN inquiry_message.body IS '本文';
COMMENT ON COLUMN inquiry_message.at IS '日時';
CREATE INDEX inquiry_message_inquiry ON inquiry_message (inquiry_id, at, id);
ALTER TABLE inquiry_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY inquiry_message_scope ON inquiry_message FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id));
CREATE POLICY inquiry_message_insert ON inquiry_message FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (account_id = (SELECT ctx_account()) AND EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id)));
GRANT SELECT, INSERT ON inquiry_message TO mamis_app;

CREATE TABLE inquiry_pass (
  id uuid PRIMARY KEY,
  inquiry_id uuid NOT NULL REFERENCES inquiry,
  from_desk text NOT NULL,
  from_association_id int REFERENCES association,
  from_section text,
  to_desk text NOT NULL,
  to_association_id int REFERENCES association,
  to_section text,
  reason text NOT NULL,
  account_id uuid NOT NULL,
  passed_by text NOT NULL,
  at timestamptz NOT NULL
);
COMMENT ON TABLE inquiry_pass IS 'お問合せを別の窓口へ回した記録(追記のみ)';
COMMENT ON COLUMN inquiry_pass.id IS '内部番号';
COMMENT ON COLUMN inquiry_pass.inquiry_id IS 'お問合せ';
COMMENT ON COLUMN inquiry_pass.from_desk IS '回した窓口の種類';
COMMENT ON COLUMN inquiry_pass.from_association_id IS '回した窓口の医師会';
COMMENT ON COLUMN inquiry_pass.from_section IS '回した担当課';
COMMENT ON COLUMN inquiry_pass.to_desk IS '回された窓口の種類';
COMMENT ON COLUMN inquiry_pass.to_association_id IS '回された窓口の医師会';
COMMENT ON COLUMN inquiry_pass.to_section IS '回された担当課';
COMMENT ON COLUMN inquiry_pass.reason IS '理由';
COMMENT ON COLUMN inquiry_pass.account_id IS '回した人のログイン情報';
COMMENT ON COLUMN inquiry_pass.passed_by IS '回した人の氏名';
COMMENT ON COLUMN inquiry_pass.at IS '日時';
CREATE INDEX inquiry_pass_inquiry ON inquiry_pass (inquiry_id, at, id);
ALTER TABLE inquiry_pass ENABLE ROW LEVEL SECURITY;
-- 窓口どうしの申し送りであり、尋ねた人には見せない。
CREATE POLICY inquiry_pass_scope ON inquiry_pass FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id
    AND (i.desk_ids && (SELECT ctx_associations()) OR (i.seen_by_operations AND (SELECT ctx_operations())))));
CREATE POLICY inquiry_pass_insert ON inquiry_pass FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (account_id = (SELECT ctx_account()) AND EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id
    AND (i.desk_ids && (SELECT ctx_associations()) OR (i.seen_by_operations AND (SELECT ctx_operations()))))));
GRANT SELECT, INSERT ON inquiry_pass TO mamis_app;

CREATE TABLE inquiry_file (
  id uuid PRIMARY KEY,
  inquiry_id uuid NOT NULL REFERENCES inquiry,
  message_id uuid NOT NULL REFERENCES inquiry_message,
  file_id uuid NOT NULL REFERENCES stored_file
);
COMMENT ON TABLE inquiry_file IS 'お問合せの添付ファイル(追記のみ)';
COMMENT ON COLUMN inquiry_file.id IS '内部番号';
COMMENT ON COLUMN inquiry_file.inquiry_id IS 'お問合せ';
COMMENT ON COLUMN inquiry_file.message_id IS '添付した本文';
COMMENT ON COLUMN inquiry_file.file_id IS 'ファイル';
CREATE UNIQUE INDEX inquiry_file_once ON inquiry_file (file_id);
CREATE INDEX inquiry_file_inquiry ON inquiry_file (inquiry_id);
ALTER TABLE inquiry_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY inquiry_file_scope ON inquiry_file FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id));
CREATE POLICY inquiry_file_insert ON inquiry_file FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM inquiry i WHERE i.id = inquiry_id AND i.account_id = (SELECT ctx_account())));
GRANT SELECT, INSERT ON inquiry_file TO mamis_app;
CREATE POLICY stored_file_of_inquiry ON stored_file FOR SELECT USING (EXISTS (SELECT FROM inquiry_file q WHERE q.file_id = stored_file.id));

-- お問合せの対象の届を今受け持つ医師会。届そのものを読めない窓口にも、回す先として番号だけを答える(rules.md 8.4)。
CREATE FUNCTION inquiry_holder(asked uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.association_id FROM inquiry i
  JOIN application a ON a.id = i.application_id AND a.state IN ('submitted', 'returned')
  JOIN application_step s ON s.application_id = a.id
  WHERE i.id = asked AND (ctx_scope() = 'all' OR i.desk_ids && ctx_associations() OR (i.seen_by_operations AND ctx_operations()))
    AND (s.state = 'returned' OR (a.state = 'submitted' AND (s.state = 'arrived' OR (s.state = 'received' AND s.role <> 'receive'))))
  ORDER BY s.role = 'acknowledge', s.ordinal LIMIT 1
$$;
COMMENT ON FUNCTION inquiry_holder(uuid) IS 'お問合せの対象の届を今受け持つ医師会(窓口になったことのある者にだけ答える)';
GRANT EXECUTE ON FUNCTION inquiry_holder(uuid) TO mamis_app;
