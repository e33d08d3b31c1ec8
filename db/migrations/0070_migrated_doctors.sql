-- 初期ログイン情報とログインの再設定の書状(screens.md A-10, A-11, P-04)、ログイン中の端末の場所(D-05)、外部委託先が読むお知らせ(O-01)。

-- ログイン中の端末:接続元と、その場所(都道府県)
ALTER TABLE session ADD COLUMN address text NOT NULL DEFAULT '';
COMMENT ON COLUMN session.address IS 'ログインしたときの接続元';

CREATE TABLE network_place (
  network cidr PRIMARY KEY,
  place text NOT NULL CHECK (place <> '' AND length(place) <= 40)
);
COMMENT ON TABLE network_place IS '接続元のおおよその場所。運用者が表を取り込む(ない場合は接続元だけを表示する)';
COMMENT ON COLUMN network_place.network IS 'アドレスの範囲';
COMMENT ON COLUMN network_place.place IS '場所(都道府県名)';
CREATE INDEX network_place_within ON network_place USING gist (network inet_ops);
ALTER TABLE network_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY network_place_all ON network_place USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT, DELETE ON network_place TO mamis_app;

-- 書状:いつ、誰の、何の目的で印刷したか。書いてあるパスワードやコードは残さない。
CREATE TABLE login_letter (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('initial', 'reset')),
  person_id uuid NOT NULL REFERENCES person,
  printed_at timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  printed_by uuid NOT NULL,
  printed_by_name text NOT NULL,
  purpose text NOT NULL CHECK (purpose <> ''),
  consent text NOT NULL DEFAULT '',
  consent_on date
);
COMMENT ON TABLE login_letter IS 'ログイン情報の書状(追記のみ)';
COMMENT ON COLUMN login_letter.id IS '内部番号';
COMMENT ON COLUMN login_letter.kind IS '種類 initial:初期ログイン情報 reset:ログインの再設定(書状のコード)';
COMMENT ON COLUMN login_letter.person_id IS '宛先の医師';
COMMENT ON COLUMN login_letter.printed_at IS '印刷した日時';
COMMENT ON COLUMN login_letter.valid_until IS '書状の有効期限';
COMMENT ON COLUMN login_letter.printed_by IS '印刷した運営事務局の職員のログイン情報';
COMMENT ON COLUMN login_letter.printed_by_name IS '印刷した職員の氏名';
COMMENT ON COLUMN login_letter.purpose IS '閲覧の目的';
COMMENT ON COLUMN login_letter.consent IS '本人の同意を確認した方法(空は不要)';
COMMENT ON COLUMN login_letter.consent_on IS '本人の同意を確認した日';
CREATE INDEX login_letter_printed ON login_letter (printed_at, id);
CREATE INDEX login_letter_person ON login_letter (person_id, printed_at);
CREATE INDEX login_letter_agent ON login_letter (printed_by, printed_at);
ALTER TABLE login_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY login_letter_read ON login_letter FOR SELECT USING ((SELECT ctx_scope()) = 'all');
CREATE POLICY login_letter_insert ON login_letter FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON login_letter TO mamis_app;

-- 書状のコードと、それで開く再設定
ALTER TABLE account_link DROP CONSTRAINT account_link_purpose_check;
ALTER TABLE account_link ADD CONSTRAINT account_link_purpose_check CHECK (purpose IN ('reset', 'mail', 'oldMail', 'letter', 'letterReset'));
COMMENT ON COLUMN account_link.purpose IS
  '用途 reset:パスワードの再設定 mail:メールアドレスの変更 oldMail:これまでのアドレスの同意 letter:書状のコード letterReset:書状のコードによる再設定';

-- 運営事務局が医師の情報を見たことも、本人の閲覧履歴に出る(screens.md 6, D-14)。
CREATE INDEX audit_event_persons_operations ON audit_event USING gin (person_ids) WHERE association_id IS NULL AND actor_kind = 'operations';
CREATE OR REPLACE FUNCTION own_access_log(since timestamptz, before timestamptz, beyond bigint, most int)
RETURNS TABLE (id bigint, at timestamptz, association_id int, on_behalf_of int, action text, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.at, l.association_id, l.on_behalf_of, l.action, l.purpose FROM (
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before
    UNION ALL
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NULL AND e.actor_kind = 'operations' AND e.person_ids @> ARRAY[ctx_person()]
        AND e.result = 'done' AND e.at >= since AND e.at < before
  ) l
  WHERE beyond IS NULL OR (l.at, l.id) < (SELECT k.at, k.id FROM audit_event k WHERE k.id = beyond AND k.person_ids @> ARRAY[ctx_person()])
  ORDER BY l.at DESC, l.id DESC LIMIT most
$$;

-- 外部委託先は会員の情報には届かないが、所属する医師会の事務局あてのお知らせは読む(screens.md O-01)。
CREATE FUNCTION ctx_contractor() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('mamis.contractor', true), '')::int $$;
COMMENT ON FUNCTION ctx_contractor() IS '操作者(外部委託先)が所属する医師会';
CREATE OR REPLACE FUNCTION ctx_offices_above() RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT associations_above(ctx_associations() || array_remove(ARRAY[ctx_contractor()], NULL), ctx_today())
$$;

CREATE TABLE notice_account_read (
  notice_id uuid NOT NULL REFERENCES notice,
  account_id uuid NOT NULL REFERENCES account,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (notice_id, account_id)
);
COMMENT ON TABLE notice_account_read IS 'お知らせの既読(外部委託先、追記のみ)。医師会の既読には数えない';
COMMENT ON COLUMN notice_account_read.notice_id IS 'お知らせ';
COMMENT ON COLUMN notice_account_read.account_id IS '読んだ外部委託先のログイン情報';
COMMENT ON COLUMN notice_account_read.read_at IS '最初に読んだ日時';
CREATE INDEX notice_account_read_account ON notice_account_read (account_id, notice_id);
ALTER TABLE notice_account_read ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_account_read_scope ON notice_account_read FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR account_id = (SELECT ctx_account()));
CREATE POLICY notice_account_read_insert ON notice_account_read FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (account_id = (SELECT ctx_account()) AND (SELECT ctx_contractor()) IS NOT NULL AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id)));
GRANT SELECT, INSERT ON notice_account_read TO mamis_app;
