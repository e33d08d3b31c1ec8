-- 保存期間: 一時保存・提出書類・使われないファイルの消去。時計のやり直し。自動確認。

-- 提出書類の内容は、届が終わってから定めた日数の後に消去する。行とハッシュは残る(rules.md 3.16)。
ALTER TABLE stored_file ADD COLUMN erased_at timestamptz;
COMMENT ON COLUMN stored_file.erased_at IS '内容を消去した日時(保存期間を過ぎたため)';
GRANT UPDATE (erased_at) ON stored_file TO mamis_app;
CREATE POLICY stored_file_erase ON stored_file AS RESTRICTIVE FOR UPDATE USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
ALTER TABLE application ADD COLUMN papers_erased_at timestamptz;
COMMENT ON COLUMN application.papers_erased_at IS '提出書類の内容を消去した日時';
GRANT UPDATE (papers_erased_at) ON application TO mamis_app;
CREATE INDEX application_retention ON application (closed_at) WHERE papers_erased_at IS NULL AND closed_at IS NOT NULL;

-- どの表からも指されていないファイル。ファイルを指す表が増えても、ここは変わらない。
CREATE FUNCTION orphan_files(before timestamptz, most int) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  used text;
BEGIN
  SELECT coalesce(string_agg(format(' AND NOT EXISTS (SELECT FROM %s r WHERE r.%I = f.id)', c.conrelid::regclass, a.attname), ''), '') INTO used
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass;
  RETURN QUERY EXECUTE 'SELECT f.id FROM stored_file f WHERE f.created_at < $1' || used || ' ORDER BY f.id LIMIT $2' USING before, most;
END $$;
COMMENT ON FUNCTION orphan_files(timestamptz, int) IS 'どの届からも使われていないファイル';

-- 順番が戻れば時計も戻り、決定の取消しや確認のやり直しでは新しく数え始める(rules.md 3.9, 3.13)。
CREATE OR REPLACE FUNCTION step_clock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.reminder_days := coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
      WHERE v.association_id = NEW.association_id AND v.version = NEW.settings_version), 7);
  ELSIF NEW.arrived_at IS NULL
    OR (NEW.arrived_at IS DISTINCT FROM OLD.arrived_at AND OLD.state IN ('approved', 'rejected', 'acknowledged', 'skipped')) THEN
    NEW.reached_on := NULL;
    NEW.paused_days := 0;
  END IF;
  NEW.reached_on := coalesce(NEW.reached_on, (NEW.arrived_at AT TIME ZONE 'Asia/Tokyo')::date);
  RETURN NEW;
END $$;

-- 自動確認を待つ段階。
CREATE INDEX application_step_unacknowledged ON application_step (clock_from) WHERE role = 'acknowledge' AND state = 'arrived' AND open;
