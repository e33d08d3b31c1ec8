-- 操作履歴(O-18)と閲覧履歴(D-14)を、全国の規模でも引けるようにする。
CREATE INDEX audit_event_account ON audit_event (association_id, account_id, at);
CREATE INDEX audit_event_persons ON audit_event USING gin (person_ids) WHERE association_id IS NOT NULL;

-- 医師は、自分について医師会が行ったことを、職員の氏名や接続元なしに読む(rules.md 5.6)。表そのものは見えない。
CREATE FUNCTION own_access_log(since timestamptz, before timestamptz, beyond bigint, most int)
RETURNS TABLE (id bigint, at timestamptz, association_id int, on_behalf_of int, action text, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, e.at, e.association_id, e.on_behalf_of, e.action, e.purpose
  FROM audit_event e
  WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before
    AND (beyond IS NULL OR (e.at, e.id) < (SELECT k.at, k.id FROM audit_event k WHERE k.id = beyond AND k.person_ids @> ARRAY[ctx_person()]))
  ORDER BY e.at DESC, e.id DESC LIMIT most
$$;
COMMENT ON FUNCTION own_access_log(timestamptz, timestamptz, bigint, int) IS '自分の情報を扱った医師会と操作(本人だけが、医師会の名で)';
