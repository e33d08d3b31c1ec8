-- 人・施設・所属・会員の台帳(2階)
CREATE TABLE person (
  id uuid PRIMARY KEY,
  account_id uuid UNIQUE REFERENCES account,
  surname text NOT NULL, given_name text NOT NULL,
  surname_kana text NOT NULL, given_name_kana text NOT NULL,
  former_surname text, former_given_name text, former_surname_kana text, former_given_name_kana text,
  use_former_name boolean NOT NULL DEFAULT false,
  birth_on date NOT NULL,
  sex text NOT NULL CHECK (sex IN ('male', 'female', 'undisclosed')),
  postal_code text NOT NULL, prefecture_code text NOT NULL, address_line text NOT NULL, building text NOT NULL DEFAULT '',
  tel text NOT NULL, fax text NOT NULL DEFAULT '',
  mail text,
  main_department text NOT NULL, departments text[] NOT NULL DEFAULT '{}',
  school_code text, school_text text NOT NULL DEFAULT '',
  graduated_on text NOT NULL CHECK (graduated_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  degree_text text NOT NULL DEFAULT '', degree_on text CHECK (degree_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  training_ends_on text CHECK (training_ends_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  societies text[] NOT NULL DEFAULT '{}',
  died_on date,
  name_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(surname || given_name) COLLATE "C") STORED,
  kana_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(surname_kana || given_name_kana) COLLATE "C") STORED,
  given_name_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(given_name) COLLATE "C") STORED,
  given_kana_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(given_name_kana) COLLATE "C") STORED,
  visible_to int[] NOT NULL DEFAULT '{}',
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE person IS '医師';
COMMENT ON COLUMN person.id IS '内部番号';
COMMENT ON COLUMN person.account_id IS 'ログイン情報';
COMMENT ON COLUMN person.surname IS '姓';
COMMENT ON COLUMN person.given_name IS '名';
COMMENT ON COLUMN person.surname_kana IS 'セイ';
COMMENT ON COLUMN person.given_name_kana IS 'メイ';
COMMENT ON COLUMN person.former_surname IS '旧姓';
COMMENT ON COLUMN person.former_given_name IS '旧名';
COMMENT ON COLUMN person.former_surname_kana IS '旧姓(フリガナ)';
COMMENT ON COLUMN person.former_given_name_kana IS '旧名(フリガナ)';
COMMENT ON COLUMN person.use_former_name IS '送付物の宛名に旧姓・旧名を使用する';
COMMENT ON COLUMN person.birth_on IS '生年月日';
COMMENT ON COLUMN person.sex IS '性別';
COMMENT ON COLUMN person.postal_code IS '自宅郵便番号';
COMMENT ON COLUMN person.prefecture_code IS '自宅都道府県';
COMMENT ON COLUMN person.address_line IS '自宅市区町村・番地';
COMMENT ON COLUMN person.building IS '自宅建物名・部屋番号';
COMMENT ON COLUMN person.tel IS 'TEL';
COMMENT ON COLUMN person.fax IS 'FAX';
COMMENT ON COLUMN person.mail IS 'メールアドレス';
COMMENT ON COLUMN person.main_department IS '主たる診療科';
COMMENT ON COLUMN person.departments IS '担当する診療科';
COMMENT ON COLUMN person.school_code IS '出身校';
COMMENT ON COLUMN person.school_text IS '出身校(登録のない場合)';
COMMENT ON COLUMN person.graduated_on IS '卒業年月';
COMMENT ON COLUMN person.degree_text IS '学位(大学・大学院名)';
COMMENT ON COLUMN person.degree_on IS '学位取得年月';
COMMENT ON COLUMN person.training_ends_on IS '臨床研修修了(予定)年月';
COMMENT ON COLUMN person.societies IS '所属学会';
COMMENT ON COLUMN person.died_on IS '死亡年月日';
COMMENT ON COLUMN person.name_fold IS '検索用の氏名';
COMMENT ON COLUMN person.kana_fold IS '検索用のフリガナ';
COMMENT ON COLUMN person.given_name_fold IS '検索用の名';
COMMENT ON COLUMN person.given_kana_fold IS '検索用のメイ';
COMMENT ON COLUMN person.visible_to IS '閲覧できる医師会(会員歴または処理中の届による)';
COMMENT ON COLUMN person.version IS '版';
COMMENT ON COLUMN person.created_at IS '登録日時';
COMMENT ON COLUMN person.updated_at IS '更新日時';
CREATE INDEX person_kana ON person (kana_fold, id);
CREATE INDEX person_name ON person (name_fold, id);
CREATE INDEX person_given_kana ON person (given_kana_fold, id);
CREATE INDEX person_given_name ON person (given_name_fold, id);

CREATE TABLE person_licence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  number text COLLATE "C" NOT NULL CHECK (number ~ '^[1-9][0-9]{0,6}$'),
  licensed_on date NOT NULL,
  current boolean NOT NULL DEFAULT true,
  verified_at timestamptz,
  verified_by uuid,
  verified_association_id int REFERENCES association,
  visible_to int[] NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE person_licence IS '医籍登録番号の履歴';
COMMENT ON COLUMN person_licence.id IS '内部番号';
COMMENT ON COLUMN person_licence.person_id IS '医師';
COMMENT ON COLUMN person_licence.number IS '医籍登録番号';
COMMENT ON COLUMN person_licence.licensed_on IS '医籍登録日';
COMMENT ON COLUMN person_licence.current IS '現在の番号';
COMMENT ON COLUMN person_licence.verified_at IS '免許証を確認した日時(空は確認前)';
COMMENT ON COLUMN person_licence.verified_by IS '確認した者';
COMMENT ON COLUMN person_licence.verified_association_id IS '確認した医師会';
COMMENT ON COLUMN person_licence.visible_to IS '閲覧できる医師会';
COMMENT ON COLUMN person_licence.recorded_at IS '記録日時';
CREATE UNIQUE INDEX person_licence_current ON person_licence (person_id) WHERE current;
CREATE UNIQUE INDEX person_licence_number ON person_licence (number) WHERE current;

CREATE TABLE facility (
  id uuid PRIMARY KEY,
  name text NOT NULL, kana text NOT NULL DEFAULT '',
  name_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(name) COLLATE "C") STORED,
  kana_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(kana) COLLATE "C") STORED,
  postal_code text NOT NULL DEFAULT '', prefecture_code text, address text NOT NULL DEFAULT '',
  tel text NOT NULL DEFAULT '', tel_digits text COLLATE "C" NOT NULL GENERATED ALWAYS AS (regexp_replace(tel, '[^0-9]', '', 'g') COLLATE "C") STORED,
  fax text NOT NULL DEFAULT '',
  owner_type text NOT NULL DEFAULT '99',
  beds int CHECK (beds >= 0),
  attached text NOT NULL DEFAULT '',
  association_id int REFERENCES association,
  state text NOT NULL DEFAULT 'registered' CHECK (state IN ('registered', 'candidate')),
  proposed_by uuid,
  version int NOT NULL DEFAULT 1,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE facility IS '所属施設';
COMMENT ON COLUMN facility.id IS '内部番号';
COMMENT ON COLUMN facility.name IS '名称';
COMMENT ON COLUMN facility.kana IS 'フリガナ';
COMMENT ON COLUMN facility.name_fold IS '検索用の名称';
COMMENT ON COLUMN facility.kana_fold IS '検索用のフリガナ';
COMMENT ON COLUMN facility.postal_code IS '郵便番号';
COMMENT ON COLUMN facility.prefecture_code IS '都道府県';
COMMENT ON COLUMN facility.address IS '所在地';
COMMENT ON COLUMN facility.tel IS 'TEL';
COMMENT ON COLUMN facility.tel_digits IS '検索用の電話番号';
COMMENT ON COLUMN facility.fax IS 'FAX';
COMMENT ON COLUMN facility.owner_type IS '開設主体';
COMMENT ON COLUMN facility.beds IS '許可病床数(空は病床なし)';
COMMENT ON COLUMN facility.attached IS '併設の施設';
COMMENT ON COLUMN facility.association_id IS '所在地を受け持つ最下層の医師会';
COMMENT ON COLUMN facility.state IS '登録済みか、医師が入力した候補か';
COMMENT ON COLUMN facility.proposed_by IS '候補を入力した医師';
COMMENT ON COLUMN facility.version IS '版';
COMMENT ON COLUMN facility.recorded_at IS '記録日時';
CREATE INDEX facility_name ON facility (name_fold, id) WHERE state = 'registered';
CREATE INDEX facility_kana ON facility (kana_fold, id) WHERE state = 'registered';
CREATE INDEX facility_tel ON facility (tel_digits) WHERE state = 'registered';

CREATE TABLE affiliation (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  facility_id uuid REFERENCES facility,
  lowest_association_id int NOT NULL REFERENCES association,
  work_code text, position_code text, position_text text NOT NULL DEFAULT '',
  designations text[] NOT NULL DEFAULT '{}', designation_text text NOT NULL DEFAULT '',
  is_primary boolean NOT NULL DEFAULT false,
  association_ids int[] NOT NULL DEFAULT '{}',
  pending_ids int[] NOT NULL DEFAULT '{}',
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE affiliation IS '所属(グループ): 医師 × 施設 × 医師会の連なり';
COMMENT ON COLUMN affiliation.id IS '内部番号';
COMMENT ON COLUMN affiliation.person_id IS '医師';
COMMENT ON COLUMN affiliation.facility_id IS '所属施設';
COMMENT ON COLUMN affiliation.lowest_association_id IS '最下層の医師会';
COMMENT ON COLUMN affiliation.work_code IS '施設・業務';
COMMENT ON COLUMN affiliation.position_code IS '役職';
COMMENT ON COLUMN affiliation.position_text IS '役職(その他)';
COMMENT ON COLUMN affiliation.designations IS '指定医';
COMMENT ON COLUMN affiliation.designation_text IS '指定医(その他)';
COMMENT ON COLUMN affiliation.is_primary IS '主たる所属';
COMMENT ON COLUMN affiliation.association_ids IS 'この所属で会員となった医師会';
COMMENT ON COLUMN affiliation.pending_ids IS '処理中の届がある医師会';
COMMENT ON COLUMN affiliation.version IS '版';
COMMENT ON COLUMN affiliation.created_at IS '作成日時';
CREATE INDEX affiliation_person ON affiliation (person_id);
CREATE UNIQUE INDEX affiliation_primary ON affiliation (person_id) WHERE is_primary;
CREATE INDEX affiliation_facility ON affiliation (facility_id);

CREATE TABLE membership_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  affiliation_id uuid NOT NULL REFERENCES affiliation,
  kind text NOT NULL CHECK (kind IN ('joined', 'left', 'category_changed', 'facility_changed', 'corrected', 'annulled')),
  corrected_kind text CHECK (corrected_kind IN ('joined', 'left', 'category_changed', 'facility_changed')),
  effective_on date NOT NULL,
  category_id int REFERENCES member_category,
  facility_id uuid REFERENCES facility,
  reason text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  acting_account_id uuid,
  acting_association_id int REFERENCES association,
  on_behalf_of int REFERENCES association,
  application_step_id uuid,
  supersedes bigint REFERENCES membership_event,
  CHECK ((kind IN ('corrected', 'annulled')) = (supersedes IS NOT NULL)),
  CHECK ((kind = 'corrected') = (corrected_kind IS NOT NULL)),
  CHECK (kind <> 'joined' OR category_id IS NOT NULL)
);
COMMENT ON TABLE membership_event IS '会員台帳(追記のみ)。有効日と記録日時の二つの時間軸を持つ';
COMMENT ON COLUMN membership_event.id IS '内部番号';
COMMENT ON COLUMN membership_event.person_id IS '医師';
COMMENT ON COLUMN membership_event.association_id IS '医師会';
COMMENT ON COLUMN membership_event.affiliation_id IS '所属';
COMMENT ON COLUMN membership_event.kind IS '種類';
COMMENT ON COLUMN membership_event.corrected_kind IS '訂正後の種類';
COMMENT ON COLUMN membership_event.effective_on IS '有効日(退会日は会員である最後の日)';
COMMENT ON COLUMN membership_event.category_id IS '会員区分';
COMMENT ON COLUMN membership_event.facility_id IS '所属施設';
COMMENT ON COLUMN membership_event.reason IS '事由';
COMMENT ON COLUMN membership_event.recorded_at IS '記録日時';
COMMENT ON COLUMN membership_event.acting_account_id IS '操作した者';
COMMENT ON COLUMN membership_event.acting_association_id IS '操作した医師会';
COMMENT ON COLUMN membership_event.on_behalf_of IS '貸与元の医師会';
COMMENT ON COLUMN membership_event.application_step_id IS '原因となった届の段階';
COMMENT ON COLUMN membership_event.supersedes IS '取り消される記録';
CREATE INDEX membership_event_person ON membership_event (person_id, association_id, id);
CREATE INDEX membership_event_association ON membership_event (association_id, effective_on);
CREATE UNIQUE INDEX membership_event_supersedes ON membership_event (supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE membership_period (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  joined_on date NOT NULL,
  left_on date,
  period daterange NOT NULL GENERATED ALWAYS AS (daterange(joined_on, left_on + 1)) STORED,
  left_reason text NOT NULL DEFAULT '',
  joined_event_id bigint NOT NULL REFERENCES membership_event,
  left_event_id bigint REFERENCES membership_event,
  visible_to int[] NOT NULL DEFAULT '{}',
  CHECK (left_on IS NULL OR left_on >= joined_on),
  CONSTRAINT membership_period_no_overlap EXCLUDE USING gist (person_id WITH =, association_id WITH =, period WITH &&)
);
COMMENT ON TABLE membership_period IS '会員期間(台帳から導く)';
COMMENT ON COLUMN membership_period.id IS '内部番号';
COMMENT ON COLUMN membership_period.person_id IS '医師';
COMMENT ON COLUMN membership_period.association_id IS '医師会';
COMMENT ON COLUMN membership_period.joined_on IS '入会日';
COMMENT ON COLUMN membership_period.left_on IS '退会日(当日を含む)';
COMMENT ON COLUMN membership_period.period IS '会員期間';
COMMENT ON COLUMN membership_period.left_reason IS '退会事由';
COMMENT ON COLUMN membership_period.joined_event_id IS '入会の記録';
COMMENT ON COLUMN membership_period.left_event_id IS '退会の記録';
COMMENT ON COLUMN membership_period.visible_to IS '閲覧できる医師会';
CREATE INDEX membership_period_association ON membership_period (association_id, joined_on, left_on, person_id);
CREATE INDEX membership_period_person ON membership_period (person_id, association_id);

CREATE TABLE membership_phase (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  affiliation_id uuid NOT NULL REFERENCES affiliation,
  category_id int NOT NULL REFERENCES member_category,
  facility_id uuid REFERENCES facility,
  starts_on date NOT NULL,
  ends_on date,
  span daterange NOT NULL GENERATED ALWAYS AS (daterange(starts_on, ends_on + 1)) STORED,
  joined_on date NOT NULL,
  left_on date,
  event_id bigint NOT NULL REFERENCES membership_event,
  visible_to int[] NOT NULL DEFAULT '{}',
  CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT membership_phase_no_overlap EXCLUDE USING gist (person_id WITH =, association_id WITH =, span WITH &&)
);
COMMENT ON TABLE membership_phase IS '会員期間のうち区分・施設・所属が一定の区間(台帳から導く)';
COMMENT ON COLUMN membership_phase.id IS '内部番号';
COMMENT ON COLUMN membership_phase.person_id IS '医師';
COMMENT ON COLUMN membership_phase.association_id IS '医師会';
COMMENT ON COLUMN membership_phase.affiliation_id IS '所属';
COMMENT ON COLUMN membership_phase.category_id IS '会員区分';
COMMENT ON COLUMN membership_phase.facility_id IS '所属施設';
COMMENT ON COLUMN membership_phase.starts_on IS '開始日';
COMMENT ON COLUMN membership_phase.ends_on IS '終了日(当日を含む)';
COMMENT ON COLUMN membership_phase.span IS '区間';
COMMENT ON COLUMN membership_phase.joined_on IS '会員期間の入会日';
COMMENT ON COLUMN membership_phase.left_on IS '会員期間の退会日';
COMMENT ON COLUMN membership_phase.event_id IS '区間を始めた記録';
COMMENT ON COLUMN membership_phase.visible_to IS '閲覧できる医師会';
CREATE INDEX membership_phase_association ON membership_phase (association_id, starts_on, ends_on, person_id);
CREATE INDEX membership_phase_person ON membership_phase (person_id, association_id);
CREATE INDEX membership_phase_affiliation ON membership_phase (affiliation_id);
CREATE INDEX membership_phase_facility ON membership_phase (facility_id);
