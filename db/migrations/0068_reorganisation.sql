-- 組織改編(screens.md J-02, rules.md 1.2): 合併・分割。会員は適用日に、一人ずつ、台帳に追記して移る。初期管理者の招待。
ALTER TABLE association_change DROP CONSTRAINT association_change_kind_check, DROP CONSTRAINT association_change_state_check;
ALTER TABLE association_change
  ADD COLUMN target_id int REFERENCES association,
  ADD COLUMN category_map jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN split_rule text CHECK (split_rule IN ('address', 'list')),
  ADD COLUMN split_entries text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT association_change_kind_check CHECK (kind IN ('rename', 'reparent', 'close', 'merge', 'split')),
  ADD CONSTRAINT association_change_state_check CHECK (state IN ('proposed', 'reserved', 'moving', 'done', 'withdrawn')),
  ADD CONSTRAINT association_change_target_check CHECK ((kind IN ('merge', 'split')) = (target_id IS NOT NULL) AND target_id <> association_id),
  ADD CONSTRAINT association_change_split_check CHECK ((kind = 'split') = (split_rule IS NOT NULL) AND (kind = 'split') = (cardinality(split_entries) > 0));
COMMENT ON TABLE association_change IS '医師会の組織改編の予約(改称、上位変更、廃止、合併、分割)';
COMMENT ON COLUMN association_change.state IS '状態(確認待ち、予約済、会員の移動中、適用済、取消)';
COMMENT ON COLUMN association_change.target_id IS '合併・分割で会員が移る先の医師会';
COMMENT ON COLUMN association_change.category_map IS '移る前の会員区分から移る先の会員区分への対応';
COMMENT ON COLUMN association_change.split_rule IS '分割で移る会員の決め方 address:所属施設の所在地 list:医籍登録番号の一覧';
COMMENT ON COLUMN association_change.split_entries IS '所在地に含まれる文字、または医籍登録番号';
DROP INDEX association_change_open;
CREATE UNIQUE INDEX association_change_open ON association_change (association_id) WHERE state IN ('proposed', 'reserved', 'moving');
CREATE INDEX association_change_moving ON association_change (starts_on) WHERE state = 'moving';
CREATE INDEX association_change_target ON association_change (target_id) WHERE target_id IS NOT NULL;

CREATE TABLE association_move (
  change_id uuid NOT NULL REFERENCES association_change,
  person_id uuid NOT NULL REFERENCES person,
  state text NOT NULL CHECK (state IN ('moved', 'held')),
  reason text NOT NULL DEFAULT '',
  cases int NOT NULL DEFAULT 0 CHECK (cases >= 0),
  at timestamptz NOT NULL,
  PRIMARY KEY (change_id, person_id),
  CHECK ((state = 'held') = (reason <> ''))
);
COMMENT ON TABLE association_move IS '合併・分割で移った会員(移せなかった会員はその理由)';
COMMENT ON COLUMN association_move.change_id IS '組織改編';
COMMENT ON COLUMN association_move.person_id IS '医師';
COMMENT ON COLUMN association_move.state IS '結果 moved:移った held:移せなかった';
COMMENT ON COLUMN association_move.reason IS '移せなかった理由';
COMMENT ON COLUMN association_move.cases IS '引き継がれた処理中の届の数';
COMMENT ON COLUMN association_move.at IS '日時';
CREATE INDEX association_move_person ON association_move (person_id);
ALTER TABLE association_move ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_move_system ON association_move USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON association_move TO mamis_app;
GRANT UPDATE (state, reason, cases, at) ON association_move TO mamis_app;

-- 適用日以降も会員である人、会員になる予定の人、処理中の届のある人。分割では、決め方に合う人だけ。
CREATE FUNCTION association_leavers(source int, day date, rule text, entries text[]) RETURNS TABLE (person_id uuid, member boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH involved AS (
    SELECT m.person_id, true AS member FROM membership_period m WHERE m.association_id = source AND (m.left_on IS NULL OR m.left_on >= day)
    UNION ALL
    SELECT s.person_id, false FROM application_step s
      WHERE s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')
  ), people AS (SELECT i.person_id, bool_or(i.member) AS member FROM involved i GROUP BY i.person_id)
  SELECT p.person_id, p.member FROM people p
  WHERE rule IS NULL
    OR (rule = 'list' AND EXISTS (SELECT FROM person_licence l WHERE l.person_id = p.person_id AND l.current AND l.number = ANY (entries)))
    OR (rule = 'address' AND EXISTS (
      SELECT FROM unnest(entries) e (part) JOIN (
        SELECT f.address FROM membership_phase h JOIN facility f ON f.id = h.facility_id
          WHERE h.person_id = p.person_id AND h.association_id = source AND (h.ends_on IS NULL OR h.ends_on >= day - 1)
        UNION ALL
        SELECT coalesce(f.address, a.form -> 'details' ->> 'facilityAddress', '') FROM application_step s JOIN application a ON a.id = s.application_id
          LEFT JOIN facility f ON f.id::text = a.form -> 'details' ->> 'facilityId'
          WHERE NOT p.member AND s.person_id = p.person_id AND s.association_id = source AND s.open AND a.kind = 'join'
      ) w (address) ON position(fold_name(e.part) IN fold_name(w.address)) > 0))
$$;
COMMENT ON FUNCTION association_leavers(int, date, text, text[]) IS '組織改編で移る人(ほかの関数の中だけで使う)';
REVOKE EXECUTE ON FUNCTION association_leavers(int, date, text, text[]) FROM PUBLIC;

-- 移る前の確認のための数。日本医師会とシステムに、数だけを答える。
CREATE FUNCTION association_move_numbers(source int, target int, day date, rule text, entries text[])
RETURNS TABLE (members int, cases int, both_members int, both_cases int, facilities int, categories jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH leavers AS MATERIALIZED (SELECT l.person_id, l.member FROM association_leavers(source, day, rule, entries) l),
  steps AS (SELECT s.application_id, s.category_id FROM application_step s JOIN leavers l ON l.person_id = s.person_id
    WHERE s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')),
  held AS (
    SELECT h.category_id, count(DISTINCT h.person_id)::int AS n FROM membership_phase h JOIN leavers l ON l.person_id = h.person_id
      WHERE h.association_id = source AND (h.ends_on IS NULL OR h.ends_on >= day - 1) GROUP BY 1
    UNION ALL SELECT s.category_id, 0 FROM steps s WHERE s.category_id IS NOT NULL
  ), used AS (SELECT category_id, sum(n)::int AS n FROM held GROUP BY 1)
  SELECT
    (SELECT count(*)::int FROM leavers WHERE member),
    (SELECT count(DISTINCT application_id)::int FROM steps),
    (SELECT count(*)::int FROM leavers l WHERE l.member AND EXISTS (SELECT FROM membership_period m
      WHERE m.person_id = l.person_id AND m.association_id = target AND (m.left_on IS NULL OR m.left_on >= day))),
    (SELECT count(DISTINCT s.application_id)::int FROM steps s
      WHERE EXISTS (SELECT FROM application_step o WHERE o.application_id = s.application_id AND o.association_id = target)),
    (SELECT count(*)::int FROM facility f WHERE f.association_id = source AND (rule IS NULL OR (rule = 'address'
      AND EXISTS (SELECT FROM unnest(entries) e (part) WHERE position(fold_name(e.part) IN fold_name(f.address)) > 0)))),
    coalesce((SELECT jsonb_object_agg(category_id::text, n) FROM used), '{}')
  WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())
$$;
COMMENT ON FUNCTION association_move_numbers(int, int, date, text, text[]) IS '合併・分割で移る会員・届などの数(日本医師会のみ)';
REVOKE EXECUTE ON FUNCTION association_move_numbers(int, int, date, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_move_numbers(int, int, date, text, text[]) TO mamis_app;

-- 次に移す人。移せなかった人は、控えた日時が retry_before より前になるまで待つ。
CREATE FUNCTION association_movers(change uuid, retry_before timestamptz, most int) RETURNS TABLE (person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.person_id FROM association_change c CROSS JOIN LATERAL association_leavers(c.association_id, c.starts_on, c.split_rule, c.split_entries) l
  WHERE c.id = change AND c.state = 'moving' AND ctx_scope() = 'all'
    AND NOT EXISTS (SELECT FROM association_move m WHERE m.change_id = c.id AND m.person_id = l.person_id AND m.state = 'held' AND m.at >= retry_before)
  ORDER BY l.person_id LIMIT most
$$;
COMMENT ON FUNCTION association_movers(uuid, timestamptz, int) IS '合併・分割で次に移す人(システムのみ)';
REVOKE EXECUTE ON FUNCTION association_movers(uuid, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_movers(uuid, timestamptz, int) TO mamis_app;

CREATE FUNCTION association_move_progress(change uuid) RETURNS TABLE (moved int, cases int, held int, reasons text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE m.state = 'moved')::int, coalesce(sum(m.cases) FILTER (WHERE m.state = 'moved'), 0)::int,
    count(*) FILTER (WHERE m.state = 'held')::int, coalesce(array_agg(DISTINCT m.reason) FILTER (WHERE m.state = 'held'), '{}')
  FROM association_move m WHERE m.change_id = change AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION association_move_progress(uuid) IS '合併・分割の進み具合(数と理由だけ。日本医師会のみ)';
REVOKE EXECUTE ON FUNCTION association_move_progress(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_move_progress(uuid) TO mamis_app;

-- 処理中の届の宛先を、移る先の医師会に改める。終わった段階は、決めた医師会のものとして残る。
CREATE FUNCTION readdress_case(wanted uuid, source int, target int, settings int, categories jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := (SELECT a.person_id FROM application a WHERE a.id = wanted);
  ids int[];
BEGIN
  IF ctx_scope() <> 'all' THEN
    RAISE EXCEPTION 'only the system readdresses a case';
  END IF;
  RETURN QUERY UPDATE application_step s SET association_id = target, settings_version = settings,
      category_id = (categories ->> s.category_id::text)::int, held_category_id = (categories ->> s.held_category_id::text)::int,
      reminder_days = coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
        WHERE v.association_id = target AND v.version = readdress_case.settings), 7)
    WHERE s.application_id = wanted AND s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')
    RETURNING s.id;
  SELECT array_agg(x ORDER BY x) INTO ids FROM (
    SELECT s.association_id FROM application_step s WHERE s.application_id = wanted
    UNION SELECT p.proxy_association_id FROM application p WHERE p.id = wanted AND p.proxy_association_id IS NOT NULL) u (x);
  UPDATE application_step SET visible_to = ids WHERE application_id = wanted;
  UPDATE application SET visible_to = ids WHERE id = wanted;
  UPDATE document SET visible_to = ids WHERE application_id = wanted;
  UPDATE paper_original SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_form SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_action SET visible_to = ids WHERE application_id = wanted;
  UPDATE review_message SET visible_to = ids WHERE application_id = wanted;
  UPDATE office_memo SET visible_to = ids WHERE application_id = wanted AND NOT own_office_only;
  UPDATE affiliation f SET pending_ids = coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM application a CROSS JOIN unnest(a.visible_to) x
      WHERE a.affiliation_id = f.id AND a.state IN ('submitted', 'returned')), '{}')
    WHERE f.person_id = who;
  PERFORM refresh_person_visibility(ARRAY[who]);
END $$;
COMMENT ON FUNCTION readdress_case(uuid, int, int, int, jsonb) IS '処理中の届の宛先を別の医師会に改め、閲覧範囲を求め直す(システムのみ)';
REVOKE EXECUTE ON FUNCTION readdress_case(uuid, int, int, int, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION readdress_case(uuid, int, int, int, jsonb) TO mamis_app;

CREATE TABLE association_first_admin (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  surname text NOT NULL, given_name text NOT NULL,
  surname_kana text NOT NULL, given_name_kana text NOT NULL,
  mail text NOT NULL,
  named_by uuid NOT NULL,
  named_by_name text NOT NULL,
  named_at timestamptz NOT NULL
);
COMMENT ON TABLE association_first_admin IS '日本医師会が届け出た、新しい医師会の初期管理者(追記のみ)';
COMMENT ON COLUMN association_first_admin.id IS '内部番号(招待と同じ)';
COMMENT ON COLUMN association_first_admin.association_id IS '医師会';
COMMENT ON COLUMN association_first_admin.surname IS '姓';
COMMENT ON COLUMN association_first_admin.given_name IS '名';
COMMENT ON COLUMN association_first_admin.surname_kana IS 'セイ';
COMMENT ON COLUMN association_first_admin.given_name_kana IS 'メイ';
COMMENT ON COLUMN association_first_admin.mail IS 'メールアドレス';
COMMENT ON COLUMN association_first_admin.named_by IS '入力した者';
COMMENT ON COLUMN association_first_admin.named_by_name IS '入力した者の氏名';
COMMENT ON COLUMN association_first_admin.named_at IS '入力日時';
CREATE INDEX association_first_admin_association ON association_first_admin (association_id, named_at);
ALTER TABLE association_first_admin ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_first_admin_scope ON association_first_admin FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_first_admin_insert ON association_first_admin FOR INSERT
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (0 = ANY ((SELECT ctx_associations())::int[]) AND named_by = (SELECT ctx_account())));
GRANT SELECT, INSERT ON association_first_admin TO mamis_app;
-- 招待は、届け出を受けてシステムが作る。
ALTER POLICY staff_invitation_insert ON staff_invitation
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND invited_by = (SELECT ctx_account())));

CREATE FUNCTION association_admins(wanted int[]) RETURNS TABLE (association_id int, admins int, invited_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id, (SELECT count(*)::int FROM staff_member m WHERE m.association_id = w.id AND m.role = 'admin' AND m.state = 'active'),
    (SELECT max(i.expires_at) FROM staff_invitation i WHERE i.association_id = w.id AND i.role = 'admin' AND i.outcome IS NULL)
  FROM unnest(wanted) AS w (id) WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())
$$;
COMMENT ON FUNCTION association_admins(int[]) IS '医師会の管理者の数と、回答待ちの招待の期限(日本医師会のみ)';
REVOKE EXECUTE ON FUNCTION association_admins(int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_admins(int[]) TO mamis_app;
