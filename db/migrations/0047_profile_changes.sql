-- 登録情報の変更(D-03, O-09)、送付物設定(D-04)、メールアドレスの変更(D-05)。

-- だれが登録情報の何を変えたか。会員関連通知(O-15)と最終更新日は、ここから読む。
CREATE TABLE profile_change (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  changed_at timestamptz NOT NULL,
  source text NOT NULL CHECK (source IN ('self', 'firstLogin', 'office')),
  changed_by text NOT NULL,
  association_id int REFERENCES association,
  blocks text[] NOT NULL,
  changes jsonb NOT NULL,
  CONSTRAINT profile_change_office CHECK ((source = 'office') = (association_id IS NOT NULL))
);
COMMENT ON TABLE profile_change IS '登録情報の変更(追記のみ)';
COMMENT ON COLUMN profile_change.id IS '内部番号';
COMMENT ON COLUMN profile_change.person_id IS '医師';
COMMENT ON COLUMN profile_change.changed_at IS '変更日時';
COMMENT ON COLUMN profile_change.source IS '変更した立場 self:本人 firstLogin:本人(初回ログイン) office:医師会事務局';
COMMENT ON COLUMN profile_change.changed_by IS '変更した者の氏名';
COMMENT ON COLUMN profile_change.association_id IS '変更した医師会(本人の場合は空)';
COMMENT ON COLUMN profile_change.blocks IS '変更した項目のまとまり';
COMMENT ON COLUMN profile_change.changes IS '項目ごとの変更前と変更後(画面に表示した言葉)';
CREATE INDEX profile_change_person ON profile_change (person_id, changed_at DESC, id);
CREATE INDEX profile_change_office ON profile_change (association_id) WHERE association_id IS NOT NULL;
ALTER TABLE profile_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY profile_change_scope ON profile_change FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR EXISTS (SELECT FROM person p WHERE p.id = person_id));
CREATE POLICY profile_change_insert ON profile_change FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (person_id = (SELECT ctx_person()) AND association_id IS NULL)
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
GRANT SELECT, INSERT ON profile_change TO mamis_app;

-- 入力の途中。変更する人だけのもので、登録するか24時間たつと消える。
CREATE TABLE profile_draft (
  account_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  draft jsonb NOT NULL,
  version int NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, person_id)
);
COMMENT ON TABLE profile_draft IS '登録情報の変更の途中(24時間で消す)';
COMMENT ON COLUMN profile_draft.account_id IS '入力している者のログイン情報';
COMMENT ON COLUMN profile_draft.person_id IS '医師';
COMMENT ON COLUMN profile_draft.draft IS '入力の途中';
COMMENT ON COLUMN profile_draft.version IS '入力を始めたときの登録情報の版';
COMMENT ON COLUMN profile_draft.saved_at IS '保存日時';
CREATE INDEX profile_draft_person ON profile_draft (person_id);
CREATE INDEX profile_draft_saved ON profile_draft (saved_at);
ALTER TABLE profile_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY profile_draft_own ON profile_draft USING ((SELECT ctx_scope()) = 'all'
    OR (account_id = (SELECT ctx_account()) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)))
  WITH CHECK ((SELECT ctx_scope()) = 'all'
    OR (account_id = (SELECT ctx_account()) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
GRANT SELECT, INSERT, UPDATE, DELETE ON profile_draft TO mamis_app;

-- 確認前の医籍登録番号と登録日は、本人か事務局が直せる。前の番号は履歴に残る。
-- ほかの医師の番号と重なるかどうかは操作者に見せず、重なるときは「確認の依頼」とする(rules.md 5.2)。
CREATE FUNCTION change_unseen_licence(whose uuid, new_number text, new_day date, claim_id uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE held person_licence; holder uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM person p WHERE p.id = whose
      AND (ctx_scope() = 'all' OR p.id = ctx_person() OR p.visible_to && ctx_associations())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'not in scope';
  END IF;
  SELECT * INTO held FROM person_licence l WHERE l.person_id = whose AND l.current;
  IF held.verified_at IS NOT NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'a licence that an office has seen is put right by a correction';
  END IF;
  IF (held.number, held.licensed_on) IS NOT DISTINCT FROM (new_number, new_day) THEN RETURN; END IF;
  SELECT l.person_id INTO holder FROM person_licence l
    WHERE l.number = new_number AND l.current AND NOT l.claimed AND l.person_id <> whose;
  UPDATE person_licence SET current = false WHERE id = held.id;
  INSERT INTO person_licence (person_id, number, licensed_on, claimed, visible_to, recorded_at)
    VALUES (whose, new_number, new_day, holder IS NOT NULL, held.visible_to, at);
  IF holder IS NOT NULL AND held.number <> new_number THEN
    INSERT INTO licence_claim (id, number, claimant_id, holder_id, claimed_at) VALUES (claim_id, new_number, whose, holder, at);
  END IF;
END $$;
COMMENT ON FUNCTION change_unseen_licence(uuid, text, date, uuid, timestamptz) IS '確認前の医籍登録番号と登録日を直す';
REVOKE EXECUTE ON FUNCTION change_unseen_licence(uuid, text, date, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION change_unseen_licence(uuid, text, date, uuid, timestamptz) TO mamis_app;

CREATE TABLE mailing_preference (
  person_id uuid PRIMARY KEY REFERENCES person,
  send_to text NOT NULL CHECK (send_to IN ('facility', 'home')),
  affiliation_id uuid REFERENCES affiliation,
  fax_to text NOT NULL CHECK (fax_to IN ('facility', 'home', 'none')),
  mail_notices boolean NOT NULL,
  mail_training boolean NOT NULL,
  version int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL,
  CONSTRAINT mailing_preference_where CHECK (send_to = 'facility' OR affiliation_id IS NULL)
);
COMMENT ON TABLE mailing_preference IS '送付物設定(行が無ければ初期値: 所属施設、FAXなし、メールあり)';
COMMENT ON COLUMN mailing_preference.person_id IS '医師';
COMMENT ON COLUMN mailing_preference.send_to IS '文書送付先(初期値) facility:所属施設 home:自宅';
COMMENT ON COLUMN mailing_preference.affiliation_id IS '送付先とする所属(空は主たる所属)';
COMMENT ON COLUMN mailing_preference.fax_to IS 'FAX送付先';
COMMENT ON COLUMN mailing_preference.mail_notices IS 'お知らせをメールで受け取る';
COMMENT ON COLUMN mailing_preference.mail_training IS '研修会の案内をメールで受け取る';
COMMENT ON COLUMN mailing_preference.version IS '版';
COMMENT ON COLUMN mailing_preference.changed_at IS '変更日時';
CREATE INDEX mailing_preference_affiliation ON mailing_preference (affiliation_id) WHERE affiliation_id IS NOT NULL;
ALTER TABLE mailing_preference ENABLE ROW LEVEL SECURITY;
CREATE POLICY mailing_preference_scope ON mailing_preference USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
    OR EXISTS (SELECT FROM person p WHERE p.id = person_id))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
    OR EXISTS (SELECT FROM person p WHERE p.id = person_id));
GRANT SELECT, INSERT ON mailing_preference TO mamis_app;
GRANT UPDATE (send_to, affiliation_id, fax_to, mail_notices, mail_training, version, changed_at) ON mailing_preference TO mamis_app;

-- 新しいアドレスが確認された変更。前のアドレスで確認されるか、決められた時間がたつと有効になる(D-05)。
CREATE TABLE mail_change (
  account_id uuid PRIMARY KEY REFERENCES account,
  mail text NOT NULL,
  asked_at timestamptz NOT NULL,
  applies_at timestamptz NOT NULL
);
COMMENT ON TABLE mail_change IS '有効になるのを待っているメールアドレスの変更';
COMMENT ON COLUMN mail_change.account_id IS 'ログイン情報';
COMMENT ON COLUMN mail_change.mail IS '新しいメールアドレス(確認済み)';
COMMENT ON COLUMN mail_change.asked_at IS '新しいアドレスが確認された日時';
COMMENT ON COLUMN mail_change.applies_at IS '有効になる日時';
CREATE INDEX mail_change_applies ON mail_change (applies_at);
ALTER TABLE mail_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY mail_change_all ON mail_change USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_change TO mamis_app;
ALTER TABLE account_link DROP CONSTRAINT account_link_purpose_check;
ALTER TABLE account_link ADD CONSTRAINT account_link_purpose_check CHECK (purpose IN ('reset', 'mail', 'oldMail'));
COMMENT ON COLUMN account_link.purpose IS '用途 reset:パスワードの再設定 mail:メールアドレスの変更(新しいアドレス) oldMail:同(前のアドレス)';
