-- マイページの案内(screens.md O-08): 利用者登録のまだの会員に、医師会が送った案内

CREATE TABLE member_guidance (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  association_id int NOT NULL REFERENCES association,
  way text NOT NULL CHECK (way IN ('mail', 'letter')),
  account_id uuid NOT NULL,
  sender_name text NOT NULL,
  sent_at timestamptz NOT NULL
);
COMMENT ON TABLE member_guidance IS '会員に送ったマイページの案内(1通に1行、追記のみ)';
COMMENT ON COLUMN member_guidance.id IS '案内のID';
COMMENT ON COLUMN member_guidance.person_id IS '会員';
COMMENT ON COLUMN member_guidance.association_id IS '送った医師会';
COMMENT ON COLUMN member_guidance.way IS '送り方(mail メール、letter 郵送する文書)';
COMMENT ON COLUMN member_guidance.account_id IS '送った者';
COMMENT ON COLUMN member_guidance.sender_name IS '送った者の氏名';
COMMENT ON COLUMN member_guidance.sent_at IS '送った日時';
CREATE INDEX member_guidance_of_person ON member_guidance (person_id, sent_at DESC);
ALTER TABLE member_guidance ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_guidance_scope ON member_guidance FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
-- 書けるのは、見える会員について、自医師会が送ったものだけ。
CREATE POLICY member_guidance_insert ON member_guidance FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND account_id = (SELECT ctx_account())
    AND EXISTS (SELECT FROM person p WHERE p.id = person_id)));
GRANT SELECT, INSERT ON member_guidance TO mamis_app;

-- 間隔はどの医師会が送っても同じに数える。どの医師会が送ったかは、ほかの医師会には知らせない。
CREATE FUNCTION last_guidance_at(person uuid) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT max(g.sent_at) FROM person p JOIN member_guidance g ON g.person_id = p.id
  WHERE p.id = $1 AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))
$$;
COMMENT ON FUNCTION last_guidance_at(uuid) IS '範囲の会員にマイページの案内が最後に送られた日時(どの医師会からでも)';
REVOKE EXECUTE ON FUNCTION last_guidance_at(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION last_guidance_at(uuid) TO mamis_app;
