-- 閲覧履歴(D-14)も、ほかの一覧と同じように件数を示し、前のページに戻れる。
DROP FUNCTION own_access_log(timestamptz, timestamptz, bigint, int);

-- 自分の情報を医師会と運営事務局が扱った記録。1つずつ索引で引く。
CREATE FUNCTION own_access_log(since timestamptz, before timestamptz, beyond bigint, most int, backwards boolean)
RETURNS TABLE (id bigint, at timestamptz, association_id int, on_behalf_of int, action text, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.at, l.association_id, l.on_behalf_of, l.action, l.purpose FROM (
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before
    UNION ALL
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NULL AND e.actor_kind = 'operations' AND e.person_ids @> ARRAY[ctx_person()]
        AND e.result = 'done' AND e.at >= since AND e.at < before
  ) l
  LEFT JOIN (SELECT k.at, k.id FROM audit_event k WHERE k.id = beyond AND k.person_ids @> ARRAY[ctx_person()]) b ON true
  WHERE beyond IS NULL OR CASE WHEN backwards THEN (l.at, l.id) > (b.at, b.id) ELSE (l.at, l.id) < (b.at, b.id) END
  ORDER BY CASE WHEN backwards THEN l.at END, CASE WHEN backwards THEN l.id END, l.at DESC, l.id DESC LIMIT most
$$;
COMMENT ON FUNCTION own_access_log(timestamptz, timestamptz, bigint, int, boolean) IS '自分の情報を扱った医師会と操作(本人だけが、医師会の名で)';

CREATE FUNCTION own_access_count(since timestamptz, before timestamptz) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT count(*) FROM audit_event e
      WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before)::int
    + (SELECT count(*) FROM audit_event e
      WHERE e.association_id IS NULL AND e.actor_kind = 'operations' AND e.person_ids @> ARRAY[ctx_person()]
        AND e.result = 'done' AND e.at >= since AND e.at < before)::int
$$;
COMMENT ON FUNCTION own_access_count(timestamptz, timestamptz) IS '自分の情報を扱った記録の件数(本人だけが)';
