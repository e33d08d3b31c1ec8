-- 全体のお知らせ(screens.md P-07): 全医師、全医師会事務局、公開。対象かどうかは、読むときに決まる。

ALTER TABLE notice ADD COLUMN origin text NOT NULL DEFAULT 'office' CHECK (origin IN ('office', 'operations'));
COMMENT ON COLUMN notice.origin IS '入力した所 office:発信する医師会 operations:運営事務局(日本医師会のお知らせとして)';
ALTER TABLE notice DROP CONSTRAINT notice_target_check;
ALTER TABLE notice ADD CONSTRAINT notice_target_check
  CHECK (target IN ('members', 'condition', 'lowerOffices', 'lowerMembers', 'public', 'allDoctors', 'allOffices'));
ALTER TABLE notice ADD CONSTRAINT notice_to_all CHECK (target IS NULL OR target NOT IN ('allDoctors', 'allOffices') OR association_id = 0);
ALTER TABLE notice ADD CONSTRAINT notice_of_operations CHECK (origin = 'office' OR association_id = 0);
CREATE INDEX notice_to_everybody ON notice (starts_on, id) WHERE state = 'published' AND target IN ('allDoctors', 'allOffices');
CREATE INDEX notice_by_operations ON notice (created_at, id) WHERE origin = 'operations';

DROP POLICY notice_scope ON notice;
CREATE POLICY notice_scope ON notice FOR SELECT USING (CASE
  WHEN (SELECT ctx_scope()) = 'all' THEN true
  WHEN association_id = ANY ((SELECT ctx_associations())::int[]) THEN true
  WHEN origin = 'operations' AND (SELECT ctx_operations()) THEN true
  WHEN state = 'draft' OR starts_on > (SELECT ctx_today()) THEN false
  WHEN target = 'public' THEN (SELECT ctx_actor_key()) <> ''
  WHEN target = 'allDoctors' THEN (SELECT ctx_person()) IS NOT NULL
  WHEN target = 'allOffices' THEN cardinality((SELECT ctx_associations())::int[]) > 0 OR (SELECT ctx_contractor()) IS NOT NULL
  WHEN target = 'lowerOffices' THEN association_id = ANY ((SELECT ctx_offices_above())::int[])
  WHEN target = 'lowerMembers' THEN association_id = ANY ((SELECT ctx_members_above())::int[])
  WHEN target = 'members' THEN association_id = ANY ((SELECT ctx_memberships())::int[])
  ELSE association_id = ANY ((SELECT ctx_memberships())::int[]) AND notice_meets_me(association_id, condition) END);
DROP POLICY notice_insert ON notice;
CREATE POLICY notice_insert ON notice FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[])
  OR (origin = 'operations' AND (SELECT ctx_operations())));
DROP POLICY notice_update ON notice;
CREATE POLICY notice_update ON notice FOR UPDATE USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[])
  OR (origin = 'operations' AND (SELECT ctx_operations())));

CREATE OR REPLACE FUNCTION notice_readers(sender int, kind text, condition jsonb, day date, beyond uuid, most int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  below int[];
BEGIN
  IF kind = 'members' THEN
    RETURN QUERY SELECT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = sender AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  ELSIF kind = 'condition' THEN
    RETURN QUERY SELECT h.person_id FROM membership_phase h JOIN person p ON p.id = h.person_id
      JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id
      WHERE h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR h.person_id > beyond)
        AND notice_fits(condition, h.category_id, a.work_code, f.owner_type, p.main_department, p.birth_on, p.training_ends_on,
          CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END, day)
      ORDER BY h.person_id LIMIT most;
  ELSIF kind = 'allDoctors' THEN
    RETURN QUERY SELECT p.id FROM person p WHERE p.died_on IS NULL AND (beyond IS NULL OR p.id > beyond) ORDER BY p.id LIMIT most;
  ELSIF kind = 'lowerMembers' THEN
    below := associations_below(sender, day);
    RETURN QUERY SELECT DISTINCT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = ANY (below) AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION notice_readers_count(sender int, kind text, condition jsonb, day date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (ctx_scope() = 'all' OR sender = ANY (ctx_associations())) THEN RETURN NULL; END IF;
  IF kind IN ('lowerOffices', 'allOffices') THEN RETURN cardinality(associations_below(sender, day)); END IF;
  IF kind = 'public' THEN RETURN NULL; END IF;
  -- 全員を並べずに数える。
  IF kind = 'allDoctors' THEN RETURN (SELECT count(*) FROM person p WHERE p.died_on IS NULL); END IF;
  IF kind = 'condition' AND condition ? 'lower' AND (condition->>'lower')::int <> ALL (associations_below(sender, day)) THEN RETURN 0; END IF;
  RETURN (SELECT count(*) FROM notice_readers(sender, kind, condition, day, NULL, NULL));
END $$;

CREATE OR REPLACE FUNCTION notice_reads(ids uuid[]) RETURNS TABLE (notice_id uuid, reads bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, CASE WHEN n.target IN ('lowerOffices', 'allOffices') THEN (SELECT count(*) FROM notice_office_read r WHERE r.notice_id = n.id)
    ELSE (SELECT count(*) FROM notice_read r WHERE r.notice_id = n.id) END
  FROM notice n WHERE n.id = ANY (ids) AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations())
    OR (n.origin = 'operations' AND ctx_operations()))
$$;

CREATE OR REPLACE FUNCTION notice_stop_mails(wanted uuid) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH stopped AS (
    UPDATE mail_message SET state = 'stopped'
    WHERE state = 'waiting' AND template = 'M-54' AND dedupe_key ~>=~ ('M-54:' || wanted || ':') AND dedupe_key ~<~ ('M-54:' || wanted || ';')
      AND EXISTS (SELECT FROM notice n WHERE n.id = wanted AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations())
        OR (n.origin = 'operations' AND ctx_operations())))
    RETURNING id
  ) SELECT count(*)::int FROM stopped
$$;
