-- 会員関連通知(O-15): ほかの医師会、本人、システムによる変更を、関係する事務局に一件ずつ知らせる。
CREATE TABLE member_notification (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  association_id int NOT NULL REFERENCES association,
  cause text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('profile', 'category', 'layers', 'otherAffiliation', 'otherSide', 'effective', 'death', 'ending', 'unreachable', 'objection', 'association')),
  deed text NOT NULL,
  person_id uuid REFERENCES person,
  application_id uuid REFERENCES application,
  about_association_id int REFERENCES association,
  also_association_ids int[] NOT NULL DEFAULT '{}',
  effective_on date,
  before_category_id int REFERENCES member_category,
  after_category_id int REFERENCES member_category,
  fields text[] NOT NULL DEFAULT '{}',
  source text NOT NULL CHECK (source IN ('person', 'office', 'system')),
  source_association_id int REFERENCES association,
  at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'read', 'done')),
  assignee_staff_id uuid REFERENCES staff_member,
  handled_at timestamptz,
  CONSTRAINT member_notification_once UNIQUE (association_id, cause),
  CHECK ((source = 'office') = (source_association_id IS NOT NULL)),
  CHECK (person_id IS NOT NULL OR kind = 'association')
);
COMMENT ON TABLE member_notification IS '会員関連通知(出来事と知らせる事務局ごとに1行)';
COMMENT ON COLUMN member_notification.id IS '内部番号';
COMMENT ON COLUMN member_notification.association_id IS '知らせる医師会';
COMMENT ON COLUMN member_notification.cause IS '元になった出来事(同じ出来事は同じ医師会に一度だけ)';
COMMENT ON COLUMN member_notification.kind IS '種類';
COMMENT ON COLUMN member_notification.deed IS '起きたこと';
COMMENT ON COLUMN member_notification.person_id IS '会員(医師会についての通知では空)';
COMMENT ON COLUMN member_notification.application_id IS 'もとの届';
COMMENT ON COLUMN member_notification.about_association_id IS '起きたことの医師会';
COMMENT ON COLUMN member_notification.also_association_ids IS '同時に同じことが起きた医師会';
COMMENT ON COLUMN member_notification.effective_on IS '効力の発生する日、終了する日、または適用日';
COMMENT ON COLUMN member_notification.before_category_id IS '変更前の会員区分';
COMMENT ON COLUMN member_notification.after_category_id IS '変更後の会員区分';
COMMENT ON COLUMN member_notification.fields IS '変更された項目(値は含めない)';
COMMENT ON COLUMN member_notification.source IS '発生元(本人、医師会、システム)';
COMMENT ON COLUMN member_notification.source_association_id IS '発生元の医師会';
COMMENT ON COLUMN member_notification.at IS '出来事の日時';
COMMENT ON COLUMN member_notification.state IS '状況(未読、既読、対応済)';
COMMENT ON COLUMN member_notification.assignee_staff_id IS '担当(知らせる医師会の事務局ユーザー)';
COMMENT ON COLUMN member_notification.handled_at IS '状況を最後に変えた日時';
CREATE INDEX member_notification_list ON member_notification (association_id, at, id);
CREATE INDEX member_notification_state ON member_notification (association_id, state, at, id);
CREATE INDEX member_notification_at ON member_notification (at);
CREATE INDEX member_notification_person ON member_notification (person_id, association_id);
-- 効力発生は、毎日その日の台帳だけを読む。
CREATE INDEX membership_event_effective ON membership_event (effective_on) WHERE application_step_id IS NOT NULL;
-- 会費免除の終わりは、卒業年月で探す。
CREATE INDEX person_graduated ON person (graduated_on);

ALTER TABLE member_notification ENABLE ROW LEVEL SECURITY;
-- 知らせた医師会だけに、その会員が見えるあいだ。
CREATE POLICY member_notification_scope ON member_notification FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND (person_id IS NULL OR EXISTS (SELECT FROM person p WHERE p.id = person_id))));
CREATE POLICY member_notification_insert ON member_notification FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
CREATE POLICY member_notification_update ON member_notification FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND (person_id IS NULL OR EXISTS (SELECT FROM person p WHERE p.id = person_id))));
GRANT SELECT, INSERT ON member_notification TO mamis_app;
GRANT UPDATE (state, assignee_staff_id, handled_at) ON member_notification TO mamis_app;
