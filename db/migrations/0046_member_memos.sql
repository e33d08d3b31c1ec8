-- 会員情報詳細(screens.md O-08): 会員についての事務局メモ、マイページの利用状況

CREATE TABLE member_memo (
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  version int NOT NULL CHECK (version >= 1),
  body text NOT NULL CHECK (length(body) <= 8000),
  account_id uuid NOT NULL,
  author_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, association_id, version)
);
COMMENT ON TABLE member_memo IS '会員についての事務局メモ(自医師会だけのもの、書き直すたびに1行、追記のみ)';
COMMENT ON COLUMN member_memo.person_id IS '会員';
COMMENT ON COLUMN member_memo.association_id IS '書いた医師会';
COMMENT ON COLUMN member_memo.version IS '何回目に書いたものか(最後のものが現在のメモ)';
COMMENT ON COLUMN member_memo.body IS '本文';
COMMENT ON COLUMN member_memo.account_id IS '書いた者';
COMMENT ON COLUMN member_memo.author_name IS '書いた者の氏名';
COMMENT ON COLUMN member_memo.at IS '書いた日時';
ALTER TABLE member_memo ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_memo_scope ON member_memo FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
-- 書けるのは、見える会員について、自医師会のメモだけ。
CREATE POLICY member_memo_insert ON member_memo FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())
    AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
GRANT SELECT, INSERT ON member_memo TO mamis_app;

CREATE FUNCTION last_login_of(person uuid) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.last_login_at FROM person p JOIN account a ON a.id = p.account_id
  WHERE p.id = $1 AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))
$$;
COMMENT ON FUNCTION last_login_of(uuid) IS '範囲の医師が最後にマイページにログインした日時';
REVOKE EXECUTE ON FUNCTION last_login_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION last_login_of(uuid) TO mamis_app;
