-- はじめの一歩(O-01): 利用者ごとに隠せる。項目の済・未済は、実際の登録から数える。
CREATE TABLE first_steps_hidden (
  account_id uuid PRIMARY KEY REFERENCES account,
  hidden_at timestamptz NOT NULL
);
COMMENT ON TABLE first_steps_hidden IS 'はじめの一歩を隠した利用者(本人だけのもの)';
COMMENT ON COLUMN first_steps_hidden.account_id IS '利用者';
COMMENT ON COLUMN first_steps_hidden.hidden_at IS '隠した日時';
ALTER TABLE first_steps_hidden ENABLE ROW LEVEL SECURITY;
CREATE POLICY first_steps_hidden_own ON first_steps_hidden USING ((SELECT ctx_scope()) = 'all' OR account_id = (SELECT ctx_account()))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR account_id = (SELECT ctx_account()));
GRANT SELECT, INSERT, DELETE ON first_steps_hidden TO mamis_app;
