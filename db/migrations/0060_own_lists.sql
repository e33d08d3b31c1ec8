-- 送付物・会員区分設定(screens.md O-20): 医師会が自分で定める送付物、会員区分、お知らせカテゴリ、独自項目。
-- 会員の独自項目の値(O-08)と、医師が選ぶ送付物ごとの送付先(D-04)。

CREATE TABLE association_mailing (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('post', 'fax', 'mail')),
  category_ids int[] NOT NULL DEFAULT '{}',
  refusable boolean NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  sort_order int NOT NULL,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT association_mailing_period CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT association_mailing_owner UNIQUE (id, association_id)
);
COMMENT ON TABLE association_mailing IS '送付物(医師会ごと、使用した後は消さずに終了日を定める)';
COMMENT ON COLUMN association_mailing.id IS '内部番号';
COMMENT ON COLUMN association_mailing.association_id IS '送付元の医師会';
COMMENT ON COLUMN association_mailing.name IS '名称';
COMMENT ON COLUMN association_mailing.kind IS '種類 post:郵送 fax:FAX mail:メール';
COMMENT ON COLUMN association_mailing.category_ids IS '対象の会員区分(空はすべて)';
COMMENT ON COLUMN association_mailing.refusable IS '会員が送付不要を選べる';
COMMENT ON COLUMN association_mailing.starts_on IS '開始日';
COMMENT ON COLUMN association_mailing.ends_on IS '終了日(当日を含む)';
COMMENT ON COLUMN association_mailing.sort_order IS '並び順';
COMMENT ON COLUMN association_mailing.version IS '版';
CREATE INDEX association_mailing_order ON association_mailing (association_id, sort_order, id);
-- 送付物は人についてのものではないので、読むことは限らない。書けるのは自医師会の分だけ。
ALTER TABLE association_mailing ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_mailing_read ON association_mailing FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_mailing_insert ON association_mailing FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_mailing_update ON association_mailing FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_mailing_delete ON association_mailing FOR DELETE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT, DELETE ON association_mailing TO mamis_app;
GRANT UPDATE (name, category_ids, refusable, starts_on, ends_on, sort_order, version) ON association_mailing TO mamis_app;

-- 医師が選んだ送付先。行が無ければ、文書送付先の初期値と同じ。
CREATE TABLE mailing_choice (
  person_id uuid NOT NULL REFERENCES person,
  mailing_id int NOT NULL,
  association_id int NOT NULL,
  send_to text NOT NULL CHECK (send_to IN ('facility', 'home', 'none')),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, mailing_id),
  CONSTRAINT mailing_choice_mailing FOREIGN KEY (mailing_id, association_id) REFERENCES association_mailing (id, association_id)
);
COMMENT ON TABLE mailing_choice IS '送付物ごとの送付先(行が無ければ初期値と同じ)';
COMMENT ON COLUMN mailing_choice.person_id IS '医師';
COMMENT ON COLUMN mailing_choice.mailing_id IS '送付物';
COMMENT ON COLUMN mailing_choice.association_id IS '送付元の医師会';
COMMENT ON COLUMN mailing_choice.send_to IS '送付先 facility:所属施設 home:自宅 none:送付不要';
COMMENT ON COLUMN mailing_choice.changed_at IS '変更日時';
CREATE INDEX mailing_choice_used ON mailing_choice (mailing_id, association_id);
ALTER TABLE mailing_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY mailing_choice_scope ON mailing_choice FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
-- 事務局は、依頼により自医師会の送付物の送付先を書ける(O-08)。
CREATE POLICY mailing_choice_insert ON mailing_choice FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
CREATE POLICY mailing_choice_update ON mailing_choice FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
CREATE POLICY mailing_choice_delete ON mailing_choice FOR DELETE USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
GRANT SELECT, INSERT, DELETE ON mailing_choice TO mamis_app;
GRANT UPDATE (send_to, changed_at) ON mailing_choice TO mamis_app;

-- 使用されているかは、どの医師が選んだかを見せずに答える。
CREATE FUNCTION mailing_in_use(mailing int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM mailing_choice c WHERE c.mailing_id = mailing
    AND (ctx_scope() = 'all' OR c.association_id = ANY (ctx_associations())))
$$;
COMMENT ON FUNCTION mailing_in_use(int) IS '送付物の送付先を選んだ医師がいるか。送付元の医師会だけが問える';
REVOKE EXECUTE ON FUNCTION mailing_in_use(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailing_in_use(int) TO mamis_app;

-- 会員区分: 終えるときの移行先。会員の履歴が指すので、コードと名称は変えられない。
ALTER TABLE member_category ADD COLUMN successor_id int REFERENCES member_category;
ALTER TABLE member_category ADD COLUMN version int NOT NULL DEFAULT 1;
COMMENT ON COLUMN member_category.successor_id IS '終了後の移行先の区分';
COMMENT ON COLUMN member_category.version IS '版';
CREATE INDEX member_category_successor ON member_category (successor_id) WHERE successor_id IS NOT NULL;
GRANT UPDATE (description, successor_id, sort_order, version) ON member_category TO mamis_app;
-- 読むことは限らない。書けるのは自医師会の分と、日本医師会が新しい医師会に写すとき。
ALTER TABLE member_category ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_category_read ON member_category FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY member_category_insert ON member_category FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]) OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY member_category_update ON member_category FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));

-- お知らせカテゴリ: 名称の長さは字数(異体字は1字)で入力のときに確かめる。
ALTER TABLE notice_category DROP CONSTRAINT notice_category_name_check;
ALTER TABLE notice_category ADD CONSTRAINT notice_category_name_check CHECK (name <> '');
ALTER TABLE notice_category ADD COLUMN version int NOT NULL DEFAULT 1;
COMMENT ON COLUMN notice_category.version IS '版';
GRANT UPDATE (version) ON notice_category TO mamis_app;

CREATE TABLE association_field (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('text', 'day', 'choice')),
  choices text[] NOT NULL DEFAULT '{}',
  shown boolean NOT NULL,
  ends_on date,
  sort_order int NOT NULL,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT association_field_choices CHECK ((kind = 'choice') = (cardinality(choices) > 0))
);
COMMENT ON TABLE association_field IS '独自項目(医師会が会員について記録する項目)';
COMMENT ON COLUMN association_field.id IS '内部番号';
COMMENT ON COLUMN association_field.association_id IS '医師会';
COMMENT ON COLUMN association_field.name IS '名称';
COMMENT ON COLUMN association_field.kind IS '種類 text:文字 day:日付 choice:選択';
COMMENT ON COLUMN association_field.choices IS '選択肢';
COMMENT ON COLUMN association_field.shown IS '本人に表示する';
COMMENT ON COLUMN association_field.ends_on IS '使用終了日';
COMMENT ON COLUMN association_field.sort_order IS '並び順';
COMMENT ON COLUMN association_field.version IS '版';
CREATE INDEX association_field_order ON association_field (association_id, sort_order, id);
ALTER TABLE association_field ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_field_scope ON association_field FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[])
  OR (shown AND association_id = ANY ((SELECT ctx_memberships())::int[])));
CREATE POLICY association_field_insert ON association_field FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_field_update ON association_field FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_field TO mamis_app;
GRANT UPDATE (name, choices, shown, ends_on, sort_order, version) ON association_field TO mamis_app;

CREATE TABLE member_field_value (
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  field_id int NOT NULL REFERENCES association_field,
  version int NOT NULL CHECK (version >= 1),
  value text NOT NULL,
  account_id uuid NOT NULL,
  author_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, association_id, field_id, version)
);
COMMENT ON TABLE member_field_value IS '会員の独自項目の値(書き直すたびに1行、追記のみ)';
COMMENT ON COLUMN member_field_value.person_id IS '会員';
COMMENT ON COLUMN member_field_value.association_id IS '医師会';
COMMENT ON COLUMN member_field_value.field_id IS '独自項目';
COMMENT ON COLUMN member_field_value.version IS '何回目の保存か(項目ごとに最後のものが現在の値)';
COMMENT ON COLUMN member_field_value.value IS '値(空は未入力)';
COMMENT ON COLUMN member_field_value.account_id IS '書いた者';
COMMENT ON COLUMN member_field_value.author_name IS '書いた者の氏名';
COMMENT ON COLUMN member_field_value.at IS '書いた日時';
CREATE INDEX member_field_value_field ON member_field_value (field_id);
ALTER TABLE member_field_value ENABLE ROW LEVEL SECURITY;
-- 自医師会の事務局と、本人に表示する項目なら本人。
CREATE POLICY member_field_value_scope ON member_field_value FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[])
  OR (person_id = (SELECT ctx_person()) AND EXISTS (SELECT FROM association_field f WHERE f.id = field_id AND f.shown)));
-- 書けるのは、見える会員について、自医師会の項目だけ。
CREATE POLICY member_field_value_insert ON member_field_value FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())
    AND EXISTS (SELECT FROM person p WHERE p.id = person_id)
    AND EXISTS (SELECT FROM association_field f WHERE f.id = field_id AND f.association_id = member_field_value.association_id)));
GRANT SELECT, INSERT ON member_field_value TO mamis_app;
