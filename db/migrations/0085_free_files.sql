-- 保管したファイルは一つのものだけに属する。どの表からも指されていなければ、まだ誰のものでもない。
-- ファイルを指す表が増えても、この規則は変わらない(表は参照制約から知る)。

CREATE FUNCTION file_unused_where(beside regclass DEFAULT NULL) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(string_agg(format(' AND NOT EXISTS (SELECT FROM %s r WHERE r.%I = f.id)', c.conrelid::regclass, a.attname), ''), '')
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass AND c.conrelid IS DISTINCT FROM beside
$$;
COMMENT ON FUNCTION file_unused_where(regclass) IS '保管したファイル f が(besideのほかの)どの表からも指されていないという条件';

CREATE OR REPLACE FUNCTION orphan_files(before timestamptz, most int) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT f.id FROM stored_file f WHERE f.created_at < $1' || file_unused_where() || ' ORDER BY f.id LIMIT $2' USING before, most;
END $$;

-- ほかの医師会のもの、見えないものから指されていても、空いているとは答えない。
CREATE FUNCTION free_files(owner uuid, ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (ctx_scope() = 'all' OR owner = ctx_account()) IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY EXECUTE 'SELECT f.id FROM stored_file f WHERE f.owner_account_id = $1 AND f.id = ANY ($2) AND f.erased_at IS NULL' || file_unused_where()
    USING owner, ids;
END $$;
COMMENT ON FUNCTION free_files(uuid, uuid[]) IS 'そのうち、登録した者が本人で、まだどこにも使われていないファイル';

-- 同時に二つのものが同じファイルを使おうとしたときは、後のものを断る。同じ表の中の写し(お知らせの複写など)は妨げない。
CREATE FUNCTION file_claimed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  free boolean;
BEGIN
  PERFORM FROM stored_file f WHERE f.id = NEW.file_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN NEW; END IF;
  EXECUTE 'SELECT EXISTS (SELECT FROM stored_file f WHERE f.id = $1' || file_unused_where(TG_RELID::regclass) || ')' INTO free USING NEW.file_id;
  IF NOT free THEN
    RAISE EXCEPTION 'the file belongs to something else' USING ERRCODE = 'unique_violation', CONSTRAINT = 'stored_file_once', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION file_claimed() IS 'ファイルが、ほかの表のものになっていないことを確かめる';

CREATE TRIGGER document_file_claimed BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION file_claimed();
CREATE TRIGGER association_seal_file_claimed BEFORE INSERT ON association_seal FOR EACH ROW EXECUTE FUNCTION file_claimed();
CREATE TRIGGER notice_file_claimed BEFORE INSERT ON notice_file FOR EACH ROW EXECUTE FUNCTION file_claimed();
CREATE TRIGGER inquiry_file_claimed BEFORE INSERT ON inquiry_file FOR EACH ROW EXECUTE FUNCTION file_claimed();
CREATE TRIGGER paper_form_file_claimed BEFORE INSERT ON paper_form FOR EACH ROW EXECUTE FUNCTION file_claimed();
CREATE TRIGGER profile_change_paper_file_claimed BEFORE INSERT ON profile_change_paper FOR EACH ROW EXECUTE FUNCTION file_claimed();
