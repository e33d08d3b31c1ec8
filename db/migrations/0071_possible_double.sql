-- 要注意の自動設定: 同姓同名・同一生年月日の別の医師が、届の対象医師会のいずれかから見えるか(rules.md 3.14)。
CREATE FUNCTION namesake_known_to(person uuid, associations int[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM person p JOIN person other ON other.birth_on = p.birth_on AND other.surname = p.surname AND other.given_name = p.given_name
      AND other.id <> p.id AND other.visible_to && associations
    WHERE p.id = person
      AND ((SELECT ctx_scope()) = 'all' OR p.id = (SELECT ctx_person()) OR p.visible_to && (SELECT ctx_associations()))
  )
$$;
COMMENT ON FUNCTION namesake_known_to(uuid, int[]) IS '範囲の医師と同姓同名・同一生年月日の別の医師が、指定の医師会のいずれかから見えるとき真';
REVOKE EXECUTE ON FUNCTION namesake_known_to(uuid, int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION namesake_known_to(uuid, int[]) TO mamis_app;
