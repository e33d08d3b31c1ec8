-- 医師会マスタ(J-02): 改称・上位変更・廃止を日付とともに予約し、その日に台帳(association_version)へ移す。
CREATE TABLE association_closing (
  association_id int PRIMARY KEY REFERENCES association,
  closes_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE association_closing IS '医師会の廃止(追記のみ)';
COMMENT ON COLUMN association_closing.association_id IS '医師会';
COMMENT ON COLUMN association_closing.closes_on IS '廃止日(この日までは有効)';
COMMENT ON COLUMN association_closing.recorded_at IS '記録日時';
ALTER TABLE association_closing ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_closing_read ON association_closing FOR SELECT USING ((SELECT ctx_scope()) IN ('all', 'own', 'none'));
CREATE POLICY association_closing_insert ON association_closing FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_closing TO mamis_app;
-- 新しい医師会の最初の環境設定は、日本医師会が置く。
CREATE POLICY association_settings_first ON association_settings FOR INSERT WITH CHECK (version = 1 AND 0 = ANY ((SELECT ctx_associations())::int[]));

CREATE TABLE association_change (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  kind text NOT NULL CHECK (kind IN ('rename', 'reparent', 'close')),
  name text,
  kana text,
  parent_id int REFERENCES association,
  starts_on date NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'reserved', 'done', 'withdrawn')),
  proposed_by uuid NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  settled_name text NOT NULL DEFAULT '',
  settled_at timestamptz,
  request_id uuid REFERENCES association_request,
  CHECK ((kind = 'rename') = (name IS NOT NULL AND kana IS NOT NULL)),
  CHECK ((kind = 'reparent') = (parent_id IS NOT NULL))
);
COMMENT ON TABLE association_change IS '医師会の組織改編の予約(改称、上位変更、廃止)';
COMMENT ON COLUMN association_change.id IS '内部番号';
COMMENT ON COLUMN association_change.association_id IS '医師会';
COMMENT ON COLUMN association_change.kind IS '種類';
COMMENT ON COLUMN association_change.name IS '新しい名称';
COMMENT ON COLUMN association_change.kana IS '新しいフリガナ';
COMMENT ON COLUMN association_change.parent_id IS '新しい上位医師会';
COMMENT ON COLUMN association_change.starts_on IS '適用日';
COMMENT ON COLUMN association_change.reason IS '理由';
COMMENT ON COLUMN association_change.state IS '状態(確認待ち、予約済、適用済、取消)';
COMMENT ON COLUMN association_change.proposed_by IS '入力した者';
COMMENT ON COLUMN association_change.proposed_name IS '入力した者の氏名(入力時)';
COMMENT ON COLUMN association_change.proposed_at IS '入力日時';
COMMENT ON COLUMN association_change.settled_name IS '予約または取消をした者の氏名';
COMMENT ON COLUMN association_change.settled_at IS '予約または取消の日時';
COMMENT ON COLUMN association_change.request_id IS 'もとの申出';
CREATE UNIQUE INDEX association_change_open ON association_change (association_id) WHERE state IN ('proposed', 'reserved');
CREATE INDEX association_change_due ON association_change (starts_on) WHERE state = 'reserved';
CREATE INDEX association_change_list ON association_change (association_id, proposed_at);
ALTER TABLE association_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_change_scope ON association_change FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_change_insert ON association_change FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_change_update ON association_change FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
GRANT SELECT, INSERT ON association_change TO mamis_app;
GRANT UPDATE (state, settled_name, settled_at) ON association_change TO mamis_app;

-- 改編を妨げるもの。数だけを、日本医師会とシステムに答える。
CREATE FUNCTION association_burden(wanted int, day date) RETURNS TABLE (members int, cases int, below int, staff int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT
    (SELECT count(*)::int FROM membership_period m WHERE m.association_id = wanted AND (m.left_on IS NULL OR m.left_on >= day)),
    (SELECT count(DISTINCT s.application_id)::int FROM application_step s WHERE s.association_id = wanted AND s.open),
    (SELECT count(*)::int FROM association_version v
      WHERE v.parent_id = wanted AND (v.ends_on IS NULL OR v.ends_on >= day)
        AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = v.association_id AND z.closes_on < day)),
    (SELECT count(*)::int FROM staff_member f WHERE f.association_id = wanted AND f.state <> 'deleted')
  WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())
$$;
COMMENT ON FUNCTION association_burden(int, date) IS 'ある日以降に医師会が持つ会員・処理中の届・下位の医師会・事務局ユーザーの数(日本医師会のみ)';
REVOKE EXECUTE ON FUNCTION association_burden(int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_burden(int, date) TO mamis_app;
