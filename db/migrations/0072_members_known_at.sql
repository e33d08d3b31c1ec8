-- 「ある日の会員を、ある時点に知られていた内容で」答えるための問い(二つの時間軸)。
-- 時点より後に記録のない医師は今の会員期間のまま。後から記録の加わった医師だけを畳み直すので、全国の規模でも答えられる。
CREATE INDEX membership_event_recorded ON membership_event (association_id, recorded_at) INCLUDE (person_id);

CREATE FUNCTION membership_phases_then(known_at timestamptz) RETURNS TABLE (
  person_id uuid, association_id int, affiliation_id uuid, category_id int, facility_id uuid,
  starts_on date, ends_on date, joined_on date, left_on date)
LANGUAGE sql STABLE AS $$
  SELECT h.person_id, h.association_id, h.affiliation_id, h.category_id, h.facility_id, h.starts_on, h.ends_on, h.joined_on, h.left_on
  FROM public.membership_phase h
  WHERE NOT EXISTS (SELECT FROM public.membership_event e WHERE e.person_id = h.person_id AND e.association_id = h.association_id AND e.recorded_at > known_at)
  UNION ALL
  SELECT k.person_id, k.association_id, k.affiliation_id, k.category_id, k.facility_id, k.starts_on, k.ends_on, k.joined_on, k.left_on
  FROM (SELECT DISTINCT e.person_id, e.association_id FROM public.membership_event e WHERE e.recorded_at > known_at) c
  CROSS JOIN LATERAL (SELECT f.* FROM public.membership_phases_known_at(known_at) f
    WHERE f.person_id = c.person_id AND f.association_id = c.association_id OFFSET 0) k
$$;
COMMENT ON FUNCTION membership_phases_then(timestamptz) IS 'ある時点に知られていた会員区分・所属施設の区間。membership_phases_known_at と同じ答えを、後から記録の加わった医師だけを畳み直して求める';

CREATE FUNCTION membership_periods_then(known_at timestamptz) RETURNS TABLE (
  id bigint, person_id uuid, association_id int, joined_on date, left_on date, left_reason text)
LANGUAGE sql STABLE AS $$
  SELECT m.id, m.person_id, m.association_id, m.joined_on, m.left_on, m.left_reason
  FROM public.membership_period m
  WHERE NOT EXISTS (SELECT FROM public.membership_event e WHERE e.person_id = m.person_id AND e.association_id = m.association_id AND e.recorded_at > known_at)
  UNION ALL
  SELECT k.event_id, k.person_id, k.association_id, k.joined_on, k.left_on,
    CASE WHEN k.left_on IS NULL THEN '' ELSE coalesce((SELECT e.reason FROM public.membership_event e
      WHERE e.person_id = k.person_id AND e.association_id = k.association_id AND e.effective_on = k.left_on AND e.kind <> 'annulled'
        AND coalesce(e.corrected_kind, e.kind) = 'left' AND e.recorded_at <= known_at
        AND NOT EXISTS (SELECT FROM public.membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= known_at)
      ORDER BY e.id LIMIT 1), '') END
  FROM (SELECT DISTINCT e.person_id, e.association_id FROM public.membership_event e WHERE e.recorded_at > known_at) c
  CROSS JOIN LATERAL (SELECT f.* FROM public.membership_phases_known_at(known_at) f
    WHERE f.person_id = c.person_id AND f.association_id = c.association_id AND f.starts_on = f.joined_on OFFSET 0) k
$$;
COMMENT ON FUNCTION membership_periods_then(timestamptz) IS 'ある時点に知られていた会員期間。最初の区間が期間を代表する';

-- 人数だけを答える。個人は見えない。期間ごとに入会が1、退会が1なので、その日までの入会から前日までの退会を引けばよく、並べ替えがいらない。
CREATE FUNCTION member_counts_known_at(day date, known_at timestamptz, associations int[]) RETURNS TABLE (association_id int, members bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY EXECUTE 'SELECT e.association_id, sum(CASE coalesce(e.corrected_kind, e.kind) WHEN ''joined'' THEN 1 ELSE -1 END)::bigint
    FROM membership_event e
    WHERE ' || CASE WHEN $3 IS NULL THEN '' ELSE 'e.association_id = ANY ($3) AND ' END || 'e.effective_on <= $1 AND e.recorded_at <= $2 AND e.kind <> ''annulled''
      AND (coalesce(e.corrected_kind, e.kind) = ''joined'' OR coalesce(e.corrected_kind, e.kind) = ''left'' AND e.effective_on < $1)
      AND NOT EXISTS (SELECT FROM membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= $2)
    GROUP BY e.association_id HAVING sum(CASE coalesce(e.corrected_kind, e.kind) WHEN ''joined'' THEN 1 ELSE -1 END) > 0' USING $1, $2, $3;
END $$;
COMMENT ON FUNCTION member_counts_known_at(date, timestamptz, int[]) IS 'ある日に在籍する会員数(退会日の当日を含む)を、ある時点に知られていた内容で数える。同じ時点なら、いつ尋ねても同じ答え';
