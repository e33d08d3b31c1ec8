-- 届(3階)
CREATE SEQUENCE application_number;

CREATE TABLE application (
  id uuid PRIMARY KEY,
  number text UNIQUE CHECK (number ~ '^[0-9]{4}-[0-9]{7}$'),
  kind text NOT NULL CHECK (kind IN ('join', 'transfer', 'change', 'withdrawal')),
  state text NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'completed', 'rejected', 'retracted', 'cancelled')),
  person_id uuid NOT NULL REFERENCES person,
  affiliation_id uuid REFERENCES affiliation,
  open_key text,
  form jsonb NOT NULL DEFAULT '{}',
  wished_on date,
  applicant_name text NOT NULL DEFAULT '',
  applicant_kana text NOT NULL DEFAULT '',
  applicant_licence text COLLATE "C" NOT NULL DEFAULT '',
  applicant_name_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(applicant_name) COLLATE "C") STORED,
  applicant_kana_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(applicant_kana) COLLATE "C") STORED,
  proxy_association_id int REFERENCES association,
  proxy jsonb,
  attention boolean NOT NULL DEFAULT false,
  attention_reason text NOT NULL DEFAULT '',
  visible_to int[] NOT NULL DEFAULT '{}',
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  submitted_at timestamptz,
  closed_at timestamptz,
  CHECK ((state = 'draft') = (submitted_at IS NULL)),
  CHECK ((state = 'draft') = (number IS NULL)),
  CHECK (state NOT IN ('submitted', 'returned') OR open_key IS NOT NULL)
);
COMMENT ON TABLE application IS '届(入会届・異動届・退会届)';
COMMENT ON COLUMN application.id IS '内部番号';
COMMENT ON COLUMN application.number IS '受付番号';
COMMENT ON COLUMN application.kind IS '種別';
COMMENT ON COLUMN application.state IS '状況';
COMMENT ON COLUMN application.person_id IS '申請する医師';
COMMENT ON COLUMN application.affiliation_id IS '対象の所属';
COMMENT ON COLUMN application.open_key IS '同じ所属の届を一つに限るための鍵';
COMMENT ON COLUMN application.form IS '申請の内容';
COMMENT ON COLUMN application.wished_on IS '希望年月日';
COMMENT ON COLUMN application.applicant_name IS '申請時の氏名';
COMMENT ON COLUMN application.applicant_kana IS '申請時のフリガナ';
COMMENT ON COLUMN application.applicant_licence IS '申請時の医籍登録番号';
COMMENT ON COLUMN application.applicant_name_fold IS '検索用の氏名';
COMMENT ON COLUMN application.applicant_kana_fold IS '検索用のフリガナ';
COMMENT ON COLUMN application.proxy_association_id IS '代理申請した医師会';
COMMENT ON COLUMN application.proxy IS '代理申請の根拠';
COMMENT ON COLUMN application.attention IS '要注意';
COMMENT ON COLUMN application.attention_reason IS '要注意の理由';
COMMENT ON COLUMN application.visible_to IS '閲覧できる医師会';
COMMENT ON COLUMN application.version IS '版';
COMMENT ON COLUMN application.created_at IS '作成日時';
COMMENT ON COLUMN application.updated_at IS '更新日時';
COMMENT ON COLUMN application.submitted_at IS '申請日時';
COMMENT ON COLUMN application.closed_at IS '終了日時';
CREATE UNIQUE INDEX application_one_open ON application (person_id, open_key) WHERE state IN ('submitted', 'returned');
CREATE INDEX application_person ON application (person_id, created_at);

CREATE TABLE application_step (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  leg text NOT NULL CHECK (leg IN ('join', 'leave', 'change')),
  ordinal int NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  layer int NOT NULL,
  role text NOT NULL CHECK (role IN ('decide', 'receive', 'acknowledge')),
  state text NOT NULL CHECK (state IN ('waiting', 'arrived', 'received', 'approved', 'returned', 'rejected', 'acknowledged', 'skipped')),
  open boolean NOT NULL DEFAULT true,
  category_id int REFERENCES member_category,
  decided_on date,
  decided_category_id int REFERENCES member_category,
  settings_version int NOT NULL,
  submitted_at timestamptz NOT NULL,
  arrived_at timestamptz,
  received_at timestamptz,
  decided_at timestamptz,
  decided_by text NOT NULL DEFAULT '',
  board_note text NOT NULL DEFAULT '',
  visible_to int[] NOT NULL DEFAULT '{}',
  UNIQUE (application_id, ordinal),
  FOREIGN KEY (association_id, settings_version) REFERENCES association_settings (association_id, version),
  CHECK ((state = 'approved') = (decided_on IS NOT NULL))
);
COMMENT ON TABLE application_step IS '届の段階(医師会ごと)';
COMMENT ON COLUMN application_step.id IS '内部番号';
COMMENT ON COLUMN application_step.application_id IS '届';
COMMENT ON COLUMN application_step.leg IS '入会・退会・変更の側';
COMMENT ON COLUMN application_step.ordinal IS '順序(下層から)';
COMMENT ON COLUMN application_step.person_id IS '医師';
COMMENT ON COLUMN application_step.association_id IS '医師会';
COMMENT ON COLUMN application_step.layer IS '層';
COMMENT ON COLUMN application_step.role IS '役割';
COMMENT ON COLUMN application_step.state IS '状況';
COMMENT ON COLUMN application_step.open IS '届が処理中か';
COMMENT ON COLUMN application_step.category_id IS '希望する会員区分';
COMMENT ON COLUMN application_step.decided_on IS '決定した日付';
COMMENT ON COLUMN application_step.decided_category_id IS '決定した会員区分';
COMMENT ON COLUMN application_step.settings_version IS '適用した環境設定の版';
COMMENT ON COLUMN application_step.submitted_at IS '申請日時';
COMMENT ON COLUMN application_step.arrived_at IS '到達日時';
COMMENT ON COLUMN application_step.received_at IS '受付日時';
COMMENT ON COLUMN application_step.decided_at IS '処理日時';
COMMENT ON COLUMN application_step.decided_by IS '処理した担当者の氏名';
COMMENT ON COLUMN application_step.board_note IS '理事会名・議事番号';
COMMENT ON COLUMN application_step.visible_to IS '閲覧できる医師会';
CREATE INDEX application_step_application ON application_step (application_id);
CREATE INDEX application_step_inbox ON application_step (association_id, arrived_at, application_id) WHERE open AND state IN ('arrived', 'received');
CREATE INDEX application_step_list ON application_step (association_id, submitted_at, application_id);
CREATE INDEX application_step_category ON application_step (association_id, state, submitted_at, application_id);
CREATE UNIQUE INDEX application_step_one_open_join ON application_step (person_id, association_id) WHERE open AND leg = 'join';

CREATE TABLE application_action (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  step_id uuid REFERENCES application_step,
  action text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  decided_on date,
  category_id int REFERENCES member_category,
  reasons text[] NOT NULL DEFAULT '{}',
  fields jsonb NOT NULL DEFAULT '[]',
  changes jsonb NOT NULL DEFAULT '[]',
  message text NOT NULL DEFAULT '',
  actor_name text NOT NULL,
  account_id uuid,
  association_id int REFERENCES association,
  on_behalf_of int REFERENCES association,
  at timestamptz NOT NULL,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE application_action IS '届の経過(追記のみ)';
COMMENT ON COLUMN application_action.id IS '内部番号';
COMMENT ON COLUMN application_action.application_id IS '届';
COMMENT ON COLUMN application_action.step_id IS '段階';
COMMENT ON COLUMN application_action.action IS '操作';
COMMENT ON COLUMN application_action.from_state IS '操作前の状況';
COMMENT ON COLUMN application_action.to_state IS '操作後の状況';
COMMENT ON COLUMN application_action.decided_on IS '決定した日付';
COMMENT ON COLUMN application_action.category_id IS '決定した会員区分';
COMMENT ON COLUMN application_action.reasons IS '理由コード';
COMMENT ON COLUMN application_action.fields IS '修正が必要な項目';
COMMENT ON COLUMN application_action.changes IS '再申請で変わった項目';
COMMENT ON COLUMN application_action.message IS 'メッセージ';
COMMENT ON COLUMN application_action.actor_name IS '操作した者の氏名';
COMMENT ON COLUMN application_action.account_id IS '操作した者';
COMMENT ON COLUMN application_action.association_id IS '操作した医師会';
COMMENT ON COLUMN application_action.on_behalf_of IS '貸与元の医師会';
COMMENT ON COLUMN application_action.at IS '日時';
COMMENT ON COLUMN application_action.visible_to IS '閲覧できる医師会';
CREATE INDEX application_action_application ON application_action (application_id, id);

CREATE TABLE application_form (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  form jsonb NOT NULL,
  at timestamptz NOT NULL,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE application_form IS '差戻し時点の申請内容(追記のみ)';
COMMENT ON COLUMN application_form.id IS '内部番号';
COMMENT ON COLUMN application_form.application_id IS '届';
COMMENT ON COLUMN application_form.form IS '申請の内容';
COMMENT ON COLUMN application_form.at IS '日時';
COMMENT ON COLUMN application_form.visible_to IS '閲覧できる医師会';
CREATE INDEX application_form_application ON application_form (application_id, id);

CREATE TABLE review_message (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  association_id int REFERENCES association,
  account_id uuid,
  author_name text NOT NULL,
  author_office text NOT NULL,
  body text NOT NULL,
  at timestamptz NOT NULL,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE review_message IS '審査時連絡メッセージ(追記のみ)';
COMMENT ON COLUMN review_message.id IS '内部番号';
COMMENT ON COLUMN review_message.application_id IS '届';
COMMENT ON COLUMN review_message.association_id IS '発信した医師会(空は申請者)';
COMMENT ON COLUMN review_message.account_id IS '発信者';
COMMENT ON COLUMN review_message.author_name IS '発信者の氏名';
COMMENT ON COLUMN review_message.author_office IS '発信した医師会の名称';
COMMENT ON COLUMN review_message.body IS '本文';
COMMENT ON COLUMN review_message.at IS '日時';
COMMENT ON COLUMN review_message.visible_to IS '閲覧できる医師会';
CREATE INDEX review_message_application ON review_message (application_id, at);

CREATE TABLE office_memo (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL,
  author_name text NOT NULL,
  author_office text NOT NULL,
  own_office_only boolean NOT NULL,
  body text NOT NULL,
  at timestamptz NOT NULL,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE office_memo IS '事務局メモ(追記のみ)';
COMMENT ON COLUMN office_memo.id IS '内部番号';
COMMENT ON COLUMN office_memo.application_id IS '届';
COMMENT ON COLUMN office_memo.association_id IS '書いた医師会';
COMMENT ON COLUMN office_memo.account_id IS '書いた者';
COMMENT ON COLUMN office_memo.author_name IS '書いた者の氏名';
COMMENT ON COLUMN office_memo.author_office IS '書いた医師会の名称';
COMMENT ON COLUMN office_memo.own_office_only IS '自医師会のみに表示';
COMMENT ON COLUMN office_memo.body IS '本文';
COMMENT ON COLUMN office_memo.at IS '日時';
COMMENT ON COLUMN office_memo.visible_to IS '閲覧できる医師会';
CREATE INDEX office_memo_application ON office_memo (application_id, at);

CREATE TABLE stored_file (
  id uuid PRIMARY KEY,
  sha256 bytea NOT NULL,
  size int NOT NULL CHECK (size BETWEEN 1 AND 10485760),
  media_type text NOT NULL,
  name text NOT NULL,
  owner_account_id uuid NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE stored_file IS '保管したファイル(内容はファイル置き場)';
COMMENT ON COLUMN stored_file.id IS '内部番号';
COMMENT ON COLUMN stored_file.sha256 IS '内容のハッシュ';
COMMENT ON COLUMN stored_file.size IS '大きさ(バイト)';
COMMENT ON COLUMN stored_file.media_type IS '内容から判定した種類';
COMMENT ON COLUMN stored_file.name IS 'ファイル名';
COMMENT ON COLUMN stored_file.owner_account_id IS '登録した者';
COMMENT ON COLUMN stored_file.created_at IS '登録日時';

CREATE TABLE document (
  id uuid PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES application,
  kind text NOT NULL,
  title text NOT NULL,
  file_id uuid NOT NULL REFERENCES stored_file,
  file_name text NOT NULL,
  media_type text NOT NULL,
  size int NOT NULL,
  removed_at timestamptz,
  created_at timestamptz NOT NULL,
  visible_to int[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE document IS '提出書類';
COMMENT ON COLUMN document.id IS '内部番号';
COMMENT ON COLUMN document.application_id IS '届';
COMMENT ON COLUMN document.kind IS '種類';
COMMENT ON COLUMN document.title IS '種類の名称';
COMMENT ON COLUMN document.file_id IS 'ファイル';
COMMENT ON COLUMN document.file_name IS 'ファイル名';
COMMENT ON COLUMN document.media_type IS '内容から判定した種類';
COMMENT ON COLUMN document.size IS '大きさ(バイト)';
COMMENT ON COLUMN document.removed_at IS '差し替えまたは削除した日時';
COMMENT ON COLUMN document.created_at IS '登録日時';
COMMENT ON COLUMN document.visible_to IS '閲覧できる医師会';
CREATE INDEX document_application ON document (application_id);

CREATE TABLE office_task (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  application_id uuid NOT NULL REFERENCES application,
  person_id uuid NOT NULL REFERENCES person,
  kind text NOT NULL CHECK (kind IN ('rejectedAbove')),
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  done_by text NOT NULL DEFAULT '',
  UNIQUE (association_id, application_id, kind)
);
COMMENT ON TABLE office_task IS '事務局が決めるべきこと(上層の非承認後の会員資格など)';
COMMENT ON COLUMN office_task.id IS '内部番号';
COMMENT ON COLUMN office_task.association_id IS '担当する医師会';
COMMENT ON COLUMN office_task.application_id IS '届';
COMMENT ON COLUMN office_task.person_id IS '医師';
COMMENT ON COLUMN office_task.kind IS '種類';
COMMENT ON COLUMN office_task.created_at IS '発生日時';
COMMENT ON COLUMN office_task.done_at IS '済とした日時';
COMMENT ON COLUMN office_task.done_by IS '済とした者の氏名';
CREATE INDEX office_task_open ON office_task (association_id, created_at) WHERE done_at IS NULL;
