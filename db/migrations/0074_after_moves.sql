-- 組織改編の後(screens.md J-02): 移った会員へのお知らせ、引き継いだ届のメモ、廃止された医師会の事務局ユーザー。
ALTER TABLE association_move ADD COLUMN told_at timestamptz;
COMMENT ON COLUMN association_move.told_at IS '本人へのお知らせを作った日時';
-- これまでに移った人には、改めて知らせない。
UPDATE association_move SET told_at = at WHERE state = 'moved';
CREATE INDEX association_move_untold ON association_move (change_id) WHERE told_at IS NULL AND state = 'moved';
GRANT UPDATE (told_at) ON association_move TO mamis_app;

-- 届を引き継ぐ医師会は、引き継ぐ前の医師会の「自医師会のみ」のメモも読む。
CREATE OR REPLACE FUNCTION readdress_case(wanted uuid, source int, target int, settings int, categories jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := (SELECT a.person_id FROM application a WHERE a.id = wanted);
  ids int[];
BEGIN
  IF ctx_scope() <> 'all' THEN
    RAISE EXCEPTION 'only the system readdresses a case';
  END IF;
  RETURN QUERY UPDATE application_step s SET association_id = target, settings_version = settings,
      category_id = (categories ->> s.category_id::text)::int, held_category_id = (categories ->> s.held_category_id::text)::int,
      reminder_days = coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
        WHERE v.association_id = target AND v.version = readdress_case.settings), 7)
    WHERE s.application_id = wanted AND s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')
    RETURNING s.id;
  IF FOUND THEN
    UPDATE office_memo m SET visible_to = ARRAY(SELECT DISTINCT x FROM unnest(m.visible_to || target) x ORDER BY x)
      WHERE m.application_id = wanted AND m.own_office_only AND source = ANY (m.visible_to);
  END IF;
  SELECT array_agg(x ORDER BY x) INTO ids FROM (
    SELECT s.association_id FROM application_step s WHERE s.application_id = wanted
    UNION SELECT p.proxy_association_id FROM application p WHERE p.id = wanted AND p.proxy_association_id IS NOT NULL) u (x);
  UPDATE application_step SET visible_to = ids WHERE application_id = wanted;
  UPDATE application SET visible_to = ids WHERE id = wanted;
  UPDATE document SET visible_to = ids WHERE application_id = wanted;
  UPDATE paper_original SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_form SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_action SET visible_to = ids WHERE application_id = wanted;
  UPDATE review_message SET visible_to = ids WHERE application_id = wanted;
  UPDATE office_memo SET visible_to = ids WHERE application_id = wanted AND NOT own_office_only;
  UPDATE affiliation f SET pending_ids = coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM application a CROSS JOIN unnest(a.visible_to) x
      WHERE a.affiliation_id = f.id AND a.state IN ('submitted', 'returned')), '{}')
    WHERE f.person_id = who;
  PERFORM refresh_person_visibility(ARRAY[who]);
END $$;
