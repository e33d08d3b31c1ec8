-- 初回ログイン(screens.md A-10)と、管理者による2段階認証の解除(O-17, A-02)。
ALTER TABLE account ADD COLUMN initial_until timestamptz;
ALTER TABLE account ADD COLUMN held_until timestamptz;
ALTER TABLE account ADD COLUMN factor_lifted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN account.initial_until IS '初期のログイン情報の有効期限(空は本人が決めたログイン情報)';
COMMENT ON COLUMN account.held_until IS '2段階認証を再設定したため承認・出力ができない期限(空はなし)';
COMMENT ON COLUMN account.factor_lifted IS '管理者が2段階認証を解除し、まだ設定し直していない';

-- 2段階認証はシステムだけが見る。自分の医師会の事務局ユーザーについて、設定されているかどうかだけを答える。
CREATE FUNCTION staff_factors(wanted int) RETURNS TABLE (staff_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM staff_member m JOIN second_factor f ON f.account_id = m.account_id
  WHERE m.association_id = wanted AND f.confirmed_at IS NOT NULL AND (ctx_scope() = 'all' OR wanted = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION staff_factors(int) IS '自分の医師会で2段階認証を設定している事務局ユーザー';

-- 解除した人は、設定し直してもしばらく承認・出力ができない。
CREATE FUNCTION lift_staff_factor(wanted uuid, held timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whose uuid;
BEGIN
  SELECT m.account_id INTO whose FROM staff_member m
    WHERE m.id = wanted AND (ctx_scope() = 'all' OR m.association_id = ANY (ctx_associations()));
  IF whose IS NULL THEN RETURN false; END IF;
  DELETE FROM recovery_code WHERE account_id = whose;
  DELETE FROM second_factor WHERE account_id = whose;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE account SET held_until = held, factor_lifted = true, version = version + 1 WHERE id = whose;
  RETURN true;
END
$$;
COMMENT ON FUNCTION lift_staff_factor(uuid, timestamptz) IS '自分の医師会の事務局ユーザーの2段階認証を解除する';
