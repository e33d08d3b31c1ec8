-- 医師会マスタの一括更新による新規登録、職員の引継ぎ、日付を決めた施設の統合(screens.md J-02, O-14, J-06)

-- 一括更新の新しい医師会。予約とともに登録される。親は同じファイルの新しい医師会のこともあるので、外部参照にしない。
CREATE TABLE association_opening (
  id uuid PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES association_batch,
  code text NOT NULL CHECK (code ~ '^\d{5}$'),
  layer int NOT NULL CHECK (layer BETWEEN 2 AND 4),
  kind text NOT NULL CHECK (kind IN ('prefectural', 'district', 'university', 'ward', 'other')),
  prefecture_code text NOT NULL,
  name text NOT NULL,
  kana text NOT NULL,
  parent_code text NOT NULL CHECK (parent_code ~ '^\d{5}$'),
  opens_on date NOT NULL,
  surname text NOT NULL,
  given_name text NOT NULL,
  surname_kana text NOT NULL,
  given_name_kana text NOT NULL,
  mail text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'done', 'withdrawn')),
  proposed_by uuid NOT NULL,
  settled_name text NOT NULL DEFAULT '',
  settled_at timestamptz
);
COMMENT ON TABLE association_opening IS '医師会マスタの一括更新で登録する新しい医師会(予約の後は association にある)';
COMMENT ON COLUMN association_opening.id IS '内部番号';
COMMENT ON COLUMN association_opening.batch_id IS '一括更新';
COMMENT ON COLUMN association_opening.code IS '医師会コード';
COMMENT ON COLUMN association_opening.layer IS '階層';
COMMENT ON COLUMN association_opening.kind IS '種別';
COMMENT ON COLUMN association_opening.prefecture_code IS '都道府県コード';
COMMENT ON COLUMN association_opening.name IS '名称';
COMMENT ON COLUMN association_opening.kana IS 'フリガナ';
COMMENT ON COLUMN association_opening.parent_code IS '上位医師会の医師会コード(同じファイルの新しい医師会のこともある)';
COMMENT ON COLUMN association_opening.opens_on IS '設立日';
COMMENT ON COLUMN association_opening.surname IS '初期管理者の姓(取り消すと空になる)';
COMMENT ON COLUMN association_opening.given_name IS '初期管理者の名(取り消すと空になる)';
COMMENT ON COLUMN association_opening.surname_kana IS '初期管理者のセイ(取り消すと空になる)';
COMMENT ON COLUMN association_opening.given_name_kana IS '初期管理者のメイ(取り消すと空になる)';
COMMENT ON COLUMN association_opening.mail IS '初期管理者のメールアドレス(取り消すと空になる)';
COMMENT ON COLUMN association_opening.state IS '状態(proposed 2人目の確認待ち、done 登録した、withdrawn 取消)';
COMMENT ON COLUMN association_opening.proposed_by IS '入力した者';
COMMENT ON COLUMN association_opening.settled_name IS '予約または取り消した者の氏名(その時)';
COMMENT ON COLUMN association_opening.settled_at IS '予約または取り消した日時';
CREATE INDEX association_opening_batch ON association_opening (batch_id, code);
CREATE UNIQUE INDEX association_opening_open ON association_opening (code) WHERE state = 'proposed';
ALTER TABLE association_opening ENABLE ROW LEVEL SECURITY;
CREATE POLICY association_opening_scope ON association_opening FOR SELECT USING ((SELECT ctx_scope()) = 'all' OR 0 = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY association_opening_insert ON association_opening FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (0 = ANY ((SELECT ctx_associations())::int[]) AND proposed_by = (SELECT ctx_account()) AND state = 'proposed'));
CREATE POLICY association_opening_update ON association_opening FOR UPDATE
  USING ((SELECT ctx_scope()) = 'all' OR (0 = ANY ((SELECT ctx_associations())::int[]) AND state = 'proposed'))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR (0 = ANY ((SELECT ctx_associations())::int[]) AND state IN ('done', 'withdrawn')));
GRANT SELECT, INSERT ON association_opening TO mamis_app;
GRANT UPDATE (state, settled_name, settled_at, surname, given_name, surname_kana, given_name_kana, mail) ON association_opening TO mamis_app;

-- 合併で、職員も統合先に引き継ぐか。
ALTER TABLE association_change ADD COLUMN carries_staff boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT association_change_staff_check CHECK (NOT carries_staff OR kind = 'merge');
COMMENT ON COLUMN association_change.carries_staff IS '合併で、事務局ユーザーも移る先に引き継ぐとき true';

-- 引き継がれる人数。移る先にすでに登録のある者、利用停止中の者、有効期間の終わる者は引き継がれない。
CREATE FUNCTION association_staff_to_carry(origin int, target int, day date) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::int FROM staff_member m JOIN account a ON a.id = m.account_id AND a.state = 'active'
  WHERE m.association_id = origin AND m.state = 'active' AND m.valid_until >= day
    AND NOT EXISTS (SELECT FROM staff_member t WHERE t.account_id = m.account_id AND t.association_id = target)
    AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))
$$;
COMMENT ON FUNCTION association_staff_to_carry(int, int, date) IS '合併で移る先に引き継がれる事務局ユーザーの数(日本医師会とシステムのみ)';
REVOKE EXECUTE ON FUNCTION association_staff_to_carry(int, int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION association_staff_to_carry(int, int, date) TO mamis_app;

-- 統合日を決めた施設の統合。統合日までは取り消せ、統合日に夜間の処理が統合する。
ALTER TABLE facility_proposal
  ADD COLUMN stays_id uuid REFERENCES facility,
  ADD COLUMN merge_on date,
  ADD COLUMN planned_by uuid,
  DROP CONSTRAINT facility_proposal_state_check,
  DROP CONSTRAINT facility_proposal_check3,
  ADD CONSTRAINT facility_proposal_state_check
    CHECK (state IN ('proposed', 'forwarded', 'planned', 'approved', 'merged', 'rejected', 'withdrawn')),
  ADD CONSTRAINT facility_proposal_duplicate_check CHECK (kind = 'duplicate' OR state NOT IN ('forwarded', 'planned', 'merged')),
  ADD CONSTRAINT facility_proposal_planned_check CHECK (state <> 'planned' OR num_nonnulls(stays_id, merge_on, planned_by) = 3),
  ADD CONSTRAINT facility_proposal_stays_check CHECK (stays_id IS NULL OR stays_id IN (facility_id, other_id));
COMMENT ON COLUMN facility_proposal.state IS '状態(審査待ち、統合待ち、統合予定、承認、統合済、却下、取下げ)';
COMMENT ON COLUMN facility_proposal.stays_id IS '統合で残す施設';
COMMENT ON COLUMN facility_proposal.merge_on IS '統合日';
COMMENT ON COLUMN facility_proposal.planned_by IS '統合日を決めた者';
DROP INDEX facility_proposal_duplicates;
DROP INDEX facility_proposal_forwarded;
CREATE INDEX facility_proposal_duplicates ON facility_proposal (id) WHERE state IN ('forwarded', 'planned', 'merged');
CREATE INDEX facility_proposal_forwarded ON facility_proposal (id) WHERE state IN ('forwarded', 'planned');
CREATE INDEX facility_proposal_planned ON facility_proposal (merge_on, id) WHERE state = 'planned';
ALTER POLICY facility_proposal_scope ON facility_proposal USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]) OR decider_id = ANY ((SELECT ctx_associations())::int[])
  OR (kind = 'duplicate' AND (state IN ('forwarded', 'planned', 'merged') OR (state = 'rejected' AND content ? 'forwarded'))
    AND 0 = ANY ((SELECT ctx_associations())::int[])));
ALTER POLICY facility_proposal_update ON facility_proposal USING ((SELECT ctx_scope()) = 'all'
    OR (state = 'proposed' AND (association_id = ANY ((SELECT ctx_associations())::int[]) OR decider_id = ANY ((SELECT ctx_associations())::int[])))
    OR (state IN ('forwarded', 'planned') AND 0 = ANY ((SELECT ctx_associations())::int[])))
  WITH CHECK ((SELECT ctx_scope()) = 'all'
    OR (association_id = ANY ((SELECT ctx_associations())::int[]) AND state = 'withdrawn')
    OR (decider_id = ANY ((SELECT ctx_associations())::int[]) AND state IN ('approved', 'rejected', 'forwarded'))
    OR (0 = ANY ((SELECT ctx_associations())::int[]) AND kind = 'duplicate' AND state IN ('forwarded', 'planned', 'merged', 'rejected')));
GRANT UPDATE (stays_id, merge_on, planned_by) ON facility_proposal TO mamis_app;
