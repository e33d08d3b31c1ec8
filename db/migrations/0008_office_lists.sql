-- 事務局の一覧(申請管理・会員情報管理)が索引だけで並べ替え・絞り込みをするための列と索引
ALTER TABLE application
  ADD COLUMN applicant_given_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(split_part(applicant_name, ' ', 2)) COLLATE "C") STORED,
  ADD COLUMN applicant_given_kana_fold text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_name(split_part(applicant_kana, ' ', 2)) COLLATE "C") STORED,
  ADD COLUMN applicant_licence_no int GENERATED ALWAYS AS (nullif(applicant_licence, '')::int) STORED;
COMMENT ON COLUMN application.applicant_given_fold IS '検索用の名';
COMMENT ON COLUMN application.applicant_given_kana_fold IS '検索用のメイ';
COMMENT ON COLUMN application.applicant_licence_no IS '申請時の医籍登録番号(並べ替え用の数)';
CREATE INDEX application_kana ON application (applicant_kana_fold, id);
CREATE INDEX application_name ON application (applicant_name_fold);
CREATE INDEX application_given_name ON application (applicant_given_fold);
CREATE INDEX application_given_kana ON application (applicant_given_kana_fold);
CREATE INDEX application_licence ON application (applicant_licence_no, id);
CREATE INDEX application_wished ON application (wished_on, id);
CREATE INDEX application_kind ON application (kind, submitted_at, id);
CREATE INDEX application_returned ON application (id) WHERE state = 'returned';
CREATE INDEX application_attention ON application (submitted_at, id) WHERE attention;
CREATE INDEX application_step_open ON application_step (association_id, submitted_at, application_id) WHERE open;
CREATE INDEX application_step_ahead ON application_step (association_id, decided_on, application_id) WHERE state = 'approved';

ALTER TABLE person_licence ADD COLUMN number_value int NOT NULL GENERATED ALWAYS AS (number::int) STORED;
COMMENT ON COLUMN person_licence.number_value IS '医籍登録番号(並べ替え用の数)';
CREATE INDEX person_licence_value ON person_licence (number_value, person_id) WHERE current;
CREATE INDEX facility_candidate_name ON facility (name_fold, id) WHERE state = 'candidate';

-- 会員期間は同じ医師会で重ならない(排他制約)ので、一人は一度しか数えられない。
CREATE OR REPLACE FUNCTION member_counts_on(day date, associations int[]) RETURNS TABLE (association_id int, members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.association_id, count(*)
  FROM membership_period m
  WHERE m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day)
    AND (associations IS NULL OR m.association_id = ANY (associations))
  GROUP BY m.association_id
$$;
