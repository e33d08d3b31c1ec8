-- 設立の予定の取消(screens.md J-02)。医師会の行は残り、設立日が来ても有効にならない。コードは再び使われない。
CREATE TABLE association_opening_withdrawal (
  association_id int PRIMARY KEY REFERENCES association,
  opens_on date NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  withdrawn_by uuid NOT NULL,
  withdrawn_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE association_opening_withdrawal IS '設立日の前に取り消された医師会の設立(追記のみ)';
COMMENT ON COLUMN association_opening_withdrawal.association_id IS '医師会';
COMMENT ON COLUMN association_opening_withdrawal.opens_on IS '設立日の予定';
COMMENT ON COLUMN association_opening_withdrawal.reason IS '取消の理由';
COMMENT ON COLUMN association_opening_withdrawal.withdrawn_by IS '取り消した者';
COMMENT ON COLUMN association_opening_withdrawal.withdrawn_by_name IS '取り消した者の氏名(その時)';
COMMENT ON COLUMN association_opening_withdrawal.recorded_at IS '取り消した日時';
ALTER TABLE association_opening_withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_opening_withdrawal_scope ON association_opening_withdrawal FOR SELECT
  USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
-- 一度でも有効になった医師会の設立は取り消せない。
CREATE POLICY association_opening_withdrawal_insert ON association_opening_withdrawal FOR INSERT
  WITH CHECK (0 = ANY ((SELECT ctx_associations())::int[]) AND withdrawn_by = (SELECT ctx_account()) AND opens_on > (SELECT ctx_today())
    AND NOT EXISTS (SELECT FROM association_version v
      WHERE v.association_id = association_opening_withdrawal.association_id AND v.starts_on <= (SELECT ctx_today())));
GRANT SELECT, INSERT ON association_opening_withdrawal TO mamis_app;

COMMENT ON TABLE association_closing IS '医師会の廃止、または設立の取消(追記のみ)';
COMMENT ON COLUMN association_closing.closes_on IS '廃止日(この日までは有効)。設立の取消では、取り消した日の前日';

-- 一括更新で登録した医師会も、設立を取り消すと「取消」になる。
ALTER POLICY association_opening_update ON association_opening
  USING ((SELECT ctx_scope()) = 'all' OR (0 = ANY ((SELECT ctx_associations())::int[]) AND (state = 'proposed'
    OR (state = 'done' AND EXISTS (SELECT FROM association_opening_withdrawal w WHERE w.association_id = code::int)))));

-- 招待されないままになった初期管理者の氏名とメールアドレスは残さない。
CREATE FUNCTION forget_first_admins(wanted int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE association_first_admin SET surname = '', given_name = '', surname_kana = '', given_name_kana = '', mail = ''
  WHERE association_id = wanted AND 0 = ANY (ctx_associations())
    AND EXISTS (SELECT FROM association_opening_withdrawal w WHERE w.association_id = wanted)
$$;
COMMENT ON FUNCTION forget_first_admins(int) IS '設立を取り消した医師会の初期管理者の氏名とメールアドレスを消す(日本医師会のみ)';
REVOKE EXECUTE ON FUNCTION forget_first_admins(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_first_admins(int) TO mamis_app;
COMMENT ON TABLE association_first_admin IS '日本医師会が届け出た、新しい医師会の初期管理者(追記のみ。設立を取り消すと氏名とメールアドレスは空になる)';

-- 設立日の処理と取消が同時になったとき、招待が先なら取り消さない。
CREATE FUNCTION association_invitations(wanted int) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::int FROM staff_invitation i WHERE i.association_id = wanted AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION association_invitations(int) IS '医師会の事務局に出された招待の数(日本医師会とシステムのみ)';
REVOKE EXECUTE ON FUNCTION association_invitations(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_invitations(int) TO mamis_app;
