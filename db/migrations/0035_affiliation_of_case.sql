-- 異動先の医師会は、異動元の所属を見られなくても、届を進める。所属がその医師のものであることだけを確かめる。
CREATE FUNCTION affiliation_is_of(affiliation uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM affiliation f WHERE f.id = $1 AND f.person_id = $2)
$$;
COMMENT ON FUNCTION affiliation_is_of(uuid, uuid) IS '所属がその医師のものか。所属の内容は答えない';
ALTER POLICY application_affiliation ON application WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR affiliation_id IS NULL OR affiliation_is_of(affiliation_id, person_id));
