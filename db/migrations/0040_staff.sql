-- 事務局ユーザー管理(screens.md O-17, A-13): 招待と、削除した人の記録。
ALTER TABLE staff_member DROP CONSTRAINT staff_member_state_check;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_state_check CHECK (state IN ('active', 'stopped', 'deleted'));
CREATE INDEX staff_member_valid ON staff_member (valid_until) WHERE state = 'active';

-- 事務局ユーザーになるのは、招待を受けた本人の手続きによってだけ。誰のアカウントで、どの医師会の人かは変えられない。
CREATE POLICY staff_member_insert ON staff_member AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
REVOKE UPDATE ON staff_member FROM mamis_app;
GRANT UPDATE (role, surname, given_name, surname_kana, given_name_kana, state, valid_until, version) ON staff_member TO mamis_app;

CREATE TABLE staff_invitation (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  role text NOT NULL CHECK (role IN ('admin', 'clerk', 'trainingContractor')),
  surname text NOT NULL, given_name text NOT NULL,
  surname_kana text NOT NULL, given_name_kana text NOT NULL,
  mail text NOT NULL,
  valid_until date NOT NULL,
  invited_by uuid NOT NULL,
  invited_by_name text NOT NULL,
  round int NOT NULL DEFAULT 1 CHECK (round > 0),
  sent_round int NOT NULL DEFAULT 0 CHECK (sent_round <= round),
  token_hash bytea UNIQUE,
  expires_at timestamptz,
  outcome text CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
  closed_at timestamptz,
  staff_id uuid UNIQUE REFERENCES staff_member,
  agreed_at timestamptz,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  CHECK ((outcome IS NULL) = (closed_at IS NULL)),
  CHECK (((outcome = 'accepted') IS TRUE) = (staff_id IS NOT NULL AND agreed_at IS NOT NULL)),
  CHECK ((token_hash IS NULL) = (expires_at IS NULL))
);
COMMENT ON TABLE staff_invitation IS '事務局ユーザーへの招待(受けた時に事務局ユーザーになる)';
COMMENT ON COLUMN staff_invitation.id IS '内部番号';
COMMENT ON COLUMN staff_invitation.association_id IS '招待した医師会';
COMMENT ON COLUMN staff_invitation.role IS '権限';
COMMENT ON COLUMN staff_invitation.surname IS '姓';
COMMENT ON COLUMN staff_invitation.given_name IS '名';
COMMENT ON COLUMN staff_invitation.surname_kana IS 'セイ';
COMMENT ON COLUMN staff_invitation.given_name_kana IS 'メイ';
COMMENT ON COLUMN staff_invitation.mail IS 'メールアドレス';
COMMENT ON COLUMN staff_invitation.valid_until IS '有効期間の終わり';
COMMENT ON COLUMN staff_invitation.invited_by IS '招待した管理者';
COMMENT ON COLUMN staff_invitation.invited_by_name IS '招待した管理者の氏名';
COMMENT ON COLUMN staff_invitation.round IS '送信を求めた回数(再送で増える)';
COMMENT ON COLUMN staff_invitation.sent_round IS '招待メールを作った回数';
COMMENT ON COLUMN staff_invitation.token_hash IS '招待メールのURLの合言葉のハッシュ';
COMMENT ON COLUMN staff_invitation.expires_at IS 'URLの期限';
COMMENT ON COLUMN staff_invitation.outcome IS '結果 accepted:利用開始 declined:心当たりなし withdrawn:取消 空:回答待ち';
COMMENT ON COLUMN staff_invitation.closed_at IS '結果の日時';
COMMENT ON COLUMN staff_invitation.staff_id IS 'できた事務局ユーザー';
COMMENT ON COLUMN staff_invitation.agreed_at IS '事務局の利用条件に同意した日時';
COMMENT ON COLUMN staff_invitation.version IS '版';
COMMENT ON COLUMN staff_invitation.created_at IS '作成日時';
CREATE INDEX staff_invitation_association ON staff_invitation (association_id) WHERE outcome IS NULL;
ALTER TABLE staff_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_invitation_scope ON staff_invitation FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY staff_invitation_insert ON staff_invitation FOR INSERT
  WITH CHECK (association_id = ANY ((SELECT ctx_associations())::int[]) AND invited_by = (SELECT ctx_account()));
CREATE POLICY staff_invitation_update ON staff_invitation FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON staff_invitation TO mamis_app;
GRANT UPDATE (round, sent_round, token_hash, expires_at, outcome, closed_at, staff_id, agreed_at, version) ON staff_invitation TO mamis_app;

-- ログイン情報はシステムだけが見る。自分の医師会の事務局ユーザーについて、画面に要ることだけを答える。
CREATE FUNCTION staff_logins(wanted int) RETURNS TABLE (staff_id uuid, login_id text, mail text, usable boolean, last_login_at timestamptz, open_sessions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, a.login_id, a.mail, a.state = 'active', a.last_login_at,
    (SELECT count(*) FROM session s WHERE s.staff_id = m.id AND s.expires_at > now())
  FROM staff_member m JOIN account a ON a.id = m.account_id
  WHERE m.association_id = wanted AND (ctx_scope() = 'all' OR wanted = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION staff_logins(int) IS '自分の医師会の事務局ユーザーのログインIDなど(パスワードは答えない)';

-- 停止・削除・端末の終了は、その場でログインを終わらせる。
CREATE FUNCTION end_staff_sessions(wanted uuid) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM session s USING staff_member m
    WHERE m.id = wanted AND s.staff_id = m.id AND (ctx_scope() = 'all' OR m.association_id = ANY (ctx_associations()))
    RETURNING 1)
  SELECT count(*)::int FROM gone
$$;
COMMENT ON FUNCTION end_staff_sessions(uuid) IS '自分の医師会の事務局ユーザーのログインをすべて終える';
