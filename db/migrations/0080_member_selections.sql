-- 会員情報管理(screens.md O-07)で選んだ会員。データ出力・宛名ラベル・お知らせの対象になる。
CREATE TABLE member_selection (
  id uuid PRIMARY KEY,
  association_id int NOT NULL REFERENCES association,
  account_id uuid NOT NULL,
  person_ids uuid[] NOT NULL CHECK (cardinality(person_ids) BETWEEN 1 AND 500),
  selected_at timestamptz NOT NULL
);
COMMENT ON TABLE member_selection IS '会員一覧で選んだ会員(追記のみ)';
COMMENT ON COLUMN member_selection.id IS '選択のID';
COMMENT ON COLUMN member_selection.association_id IS '選んだ医師会';
COMMENT ON COLUMN member_selection.account_id IS '選んだ者';
COMMENT ON COLUMN member_selection.person_ids IS '選んだ会員';
COMMENT ON COLUMN member_selection.selected_at IS '選んだ日時';
ALTER TABLE member_selection ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_selection_scope ON member_selection FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY member_selection_insert ON member_selection FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())));
GRANT SELECT, INSERT ON member_selection TO mamis_app;

-- 医師には選択の表が見えない。自分が選ばれているかだけを答える。
CREATE FUNCTION selection_holds_me(sender int, wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM member_selection s WHERE s.id = wanted AND s.association_id = sender AND ctx_person() = ANY (s.person_ids))
$$;
COMMENT ON FUNCTION selection_holds_me(int, uuid) IS '操作者本人(医師)が、この選択に含まれるか';

-- 以前の医籍登録番号(O-08)を一人分だけ引く。
CREATE INDEX person_licence_former ON person_licence (person_id, id) WHERE NOT current;
