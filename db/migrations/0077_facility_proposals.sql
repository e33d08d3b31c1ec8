-- 施設マスタの提案と審査(screens.md O-14, J-06): 提案、変更の履歴、統合による閉鎖

ALTER TABLE facility ADD COLUMN common_name text NOT NULL DEFAULT '', ADD COLUMN institution_code text NOT NULL DEFAULT '',
  ADD COLUMN closed_on date, ADD COLUMN merged_into uuid REFERENCES facility;
COMMENT ON COLUMN facility.common_name IS '通称';
COMMENT ON COLUMN facility.institution_code IS '医療機関コード(10桁。空は未登録)';
COMMENT ON COLUMN facility.closed_on IS '閉鎖した日(統合でほかの施設に移った日)';
COMMENT ON COLUMN facility.merged_into IS '統合先の施設';
COMMENT ON COLUMN facility.state IS '登録済みか、医師が入力した候補か、統合により閉鎖したか';
ALTER TABLE facility DROP CONSTRAINT facility_state_check;
ALTER TABLE facility ADD CONSTRAINT facility_state_check CHECK (state IN ('registered', 'candidate', 'closed')),
  ADD CONSTRAINT facility_closing CHECK ((state = 'closed') = (closed_on IS NOT NULL) AND (state = 'closed') = (merged_into IS NOT NULL));
CREATE INDEX facility_merged ON facility (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE facility_proposal (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('change', 'add', 'duplicate')),
  facility_id uuid REFERENCES facility,
  other_id uuid REFERENCES facility,
  content jsonb NOT NULL,
  reason text NOT NULL,
  association_id int NOT NULL REFERENCES association,
  decider_id int NOT NULL REFERENCES association,
  state text NOT NULL CHECK (state IN ('proposed', 'forwarded', 'approved', 'merged', 'rejected', 'withdrawn')),
  version int NOT NULL DEFAULT 1,
  proposed_by uuid NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  answer text NOT NULL DEFAULT '',
  decided_name text NOT NULL DEFAULT '',
  decided_at timestamptz,
  CHECK ((kind = 'duplicate') = (other_id IS NOT NULL)),
  CHECK (kind = 'add' OR facility_id IS NOT NULL),
  CHECK (other_id <> facility_id),
  CHECK (kind = 'duplicate' OR state NOT IN ('forwarded', 'merged'))
);
COMMENT ON TABLE facility_proposal IS '施設マスタについての医師会の提案';
COMMENT ON COLUMN facility_proposal.id IS '内部番号(新しい順に並ぶ)';
COMMENT ON COLUMN facility_proposal.kind IS '種類(change 変更、add 新しい施設、duplicate 重複)';
COMMENT ON COLUMN facility_proposal.facility_id IS '施設(新しい施設は、医師が入力した候補か、承認して登録した施設)';
COMMENT ON COLUMN facility_proposal.other_id IS '重複しているもう一つの施設';
COMMENT ON COLUMN facility_proposal.content IS '提案の内容(変更は項目ごとの変更前と変更後、新しい施設は全項目)';
COMMENT ON COLUMN facility_proposal.reason IS '提案の理由';
COMMENT ON COLUMN facility_proposal.association_id IS '提案した医師会';
COMMENT ON COLUMN facility_proposal.decider_id IS '審査する都道府県医師会';
COMMENT ON COLUMN facility_proposal.state IS '状態(審査待ち、統合待ち、承認、統合済、却下、取下げ)';
COMMENT ON COLUMN facility_proposal.version IS '版';
COMMENT ON COLUMN facility_proposal.proposed_by IS '提案した者';
COMMENT ON COLUMN facility_proposal.proposed_name IS '提案した者の氏名(提案時)';
COMMENT ON COLUMN facility_proposal.proposed_at IS '提案日時';
COMMENT ON COLUMN facility_proposal.answer IS '審査の理由';
COMMENT ON COLUMN facility_proposal.decided_name IS '最後に決めた者の氏名(その時)';
COMMENT ON COLUMN facility_proposal.decided_at IS '最後に決めた日時';
CREATE INDEX facility_proposal_own ON facility_proposal (association_id, id);
CREATE INDEX facility_proposal_review ON facility_proposal (decider_id, id);
CREATE INDEX facility_proposal_waiting ON facility_proposal (decider_id, id) WHERE state = 'proposed';
CREATE INDEX facility_proposal_duplicates ON facility_proposal (id) WHERE state IN ('forwarded', 'merged');
CREATE INDEX facility_proposal_forwarded ON facility_proposal (id) WHERE state = 'forwarded';
CREATE UNIQUE INDEX facility_proposal_open ON facility_proposal (facility_id, association_id, kind) WHERE state = 'proposed' AND facility_id IS NOT NULL;
ALTER TABLE facility_proposal ENABLE ROW LEVEL SECURITY;
-- 提案した医師会と、審査する都道府県医師会に見える。日本医師会(番号 0)には、都道府県医師会が承認した重複の報告だけが見える。
CREATE POLICY facility_proposal_scope ON facility_proposal FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]) OR decider_id = ANY ((SELECT ctx_associations())::int[])
  OR (kind = 'duplicate' AND (state IN ('forwarded', 'merged') OR (state = 'rejected' AND content ? 'forwarded'))
    AND 0 = ANY ((SELECT ctx_associations())::int[])));
CREATE POLICY facility_proposal_insert ON facility_proposal FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND proposed_by = (SELECT ctx_account()) AND state = 'proposed'));
-- 提案した医師会は取り下げるだけ、審査する医師会は審査待ちのものを決め、日本医師会は統合待ちのものを決める。
CREATE POLICY facility_proposal_update ON facility_proposal FOR UPDATE USING ((SELECT ctx_scope()) = 'all'
    OR (state = 'proposed' AND (association_id = ANY ((SELECT ctx_associations())::int[]) OR decider_id = ANY ((SELECT ctx_associations())::int[])))
    OR (state = 'forwarded' AND 0 = ANY ((SELECT ctx_associations())::int[])))
  WITH CHECK ((SELECT ctx_scope()) = 'all'
    OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND state = 'withdrawn')
    OR (decider_id = ANY ((SELECT ctx_associations())::int[]) AND state IN ('approved', 'rejected', 'forwarded'))
    OR (0 = ANY ((SELECT ctx_associations())::int[]) AND kind = 'duplicate' AND state IN ('merged', 'rejected')));
GRANT SELECT, INSERT ON facility_proposal TO mamis_app;
GRANT UPDATE (facility_id, content, state, version, answer, decided_name, decided_at) ON facility_proposal TO mamis_app;

CREATE TABLE facility_change (
  facility_id uuid NOT NULL REFERENCES facility,
  version int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('added', 'changed', 'absorbed', 'closed')),
  changes jsonb NOT NULL,
  other_id uuid REFERENCES facility,
  proposal_id uuid NOT NULL,
  association_id int NOT NULL REFERENCES association,
  decider_id int NOT NULL REFERENCES association,
  recorded_by uuid NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, version)
);
COMMENT ON TABLE facility_change IS '施設マスタの変更の履歴(追記のみ)';
COMMENT ON COLUMN facility_change.facility_id IS '施設';
COMMENT ON COLUMN facility_change.version IS 'この変更でできた版';
COMMENT ON COLUMN facility_change.kind IS '種類(added 登録、changed 変更、absorbed 統合を受けた、closed 統合により閉鎖)';
COMMENT ON COLUMN facility_change.changes IS '項目ごとの変更前と変更後';
COMMENT ON COLUMN facility_change.other_id IS '統合の相手の施設';
COMMENT ON COLUMN facility_change.proposal_id IS 'もとの提案';
COMMENT ON COLUMN facility_change.association_id IS '提案した医師会';
COMMENT ON COLUMN facility_change.decider_id IS '決めた医師会';
COMMENT ON COLUMN facility_change.recorded_by IS '決めた者';
COMMENT ON COLUMN facility_change.recorded_name IS '決めた者の氏名(その時)';
COMMENT ON COLUMN facility_change.recorded_at IS '記録日時';
ALTER TABLE facility_change ENABLE ROW LEVEL SECURITY;
-- 施設マスタの履歴は、どの医師会の事務局にも見える。書けるのは、決めた医師会だけ。
CREATE POLICY facility_change_scope ON facility_change FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR cardinality((SELECT ctx_associations())::int[]) > 0);
CREATE POLICY facility_change_insert ON facility_change FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (decider_id = ANY ((SELECT ctx_associations())::int[]) AND recorded_by = (SELECT ctx_account())));
GRANT SELECT, INSERT ON facility_change TO mamis_app;
