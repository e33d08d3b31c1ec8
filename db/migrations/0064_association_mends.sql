-- お知らせ(O-16)、医師会マスタ(J-02)、会員関連通知(O-15)の直し。

-- 廃止された医師会は、上にも下にも数えない。
CREATE OR REPLACE FUNCTION associations_above(ids int[], day date) RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT v.parent_id AS id FROM association_version v
      WHERE v.association_id = ANY (ids) AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.parent_id FROM up JOIN association_version v ON v.association_id = up.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id), '{}') FROM up
    WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = id AND z.closes_on < day)
$$;
CREATE OR REPLACE FUNCTION associations_below(top int, day date) RETURNS int[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE down AS (
    SELECT v.association_id AS id FROM association_version v WHERE v.parent_id = top AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.association_id FROM down JOIN association_version v ON v.parent_id = down.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM down
    WHERE NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = id AND z.closes_on < day)
$$;

-- 下にない医師会の会員であるかどうかは、数からも分からない。
CREATE OR REPLACE FUNCTION notice_readers_count(sender int, kind text, condition jsonb, day date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (ctx_scope() = 'all' OR sender = ANY (ctx_associations())) THEN RETURN NULL; END IF;
  IF kind = 'lowerOffices' THEN RETURN cardinality(associations_below(sender, day)); END IF;
  IF kind = 'public' THEN RETURN NULL; END IF;
  IF kind = 'condition' AND condition ? 'lower' AND (condition->>'lower')::int <> ALL (associations_below(sender, day)) THEN RETURN 0; END IF;
  RETURN (SELECT count(*) FROM notice_readers(sender, kind, condition, day, NULL, NULL));
END $$;

-- 終了したお知らせの、送信前のメールを止める。
CREATE INDEX mail_message_notice_waiting ON mail_message (dedupe_key text_pattern_ops) WHERE state = 'waiting' AND template = 'M-54';
CREATE FUNCTION notice_stop_mails(wanted uuid) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH stopped AS (
    UPDATE mail_message SET state = 'stopped'
    WHERE state = 'waiting' AND template = 'M-54' AND dedupe_key ~>=~ ('M-54:' || wanted || ':') AND dedupe_key ~<~ ('M-54:' || wanted || ';')
      AND EXISTS (SELECT FROM notice n WHERE n.id = wanted AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations())))
    RETURNING id
  ) SELECT count(*)::int FROM stopped
$$;
COMMENT ON FUNCTION notice_stop_mails(uuid) IS 'お知らせの送信前のメールを止め、止めた数を答える。発信した医師会だけができる';
REVOKE EXECUTE ON FUNCTION notice_stop_mails(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notice_stop_mails(uuid) TO mamis_app;

-- M-44 で知らせたものと、まだ知らせていないもの。送信が何日か止まっても、知らせ漏れがない。
ALTER TABLE member_notification ADD COLUMN mailed_at timestamptz;
COMMENT ON COLUMN member_notification.mailed_at IS 'メール(M-44)の件数に含めた日時(まだなら空)';
UPDATE member_notification SET mailed_at = at WHERE at < now() - interval '1 day';
CREATE INDEX member_notification_to_mail ON member_notification (association_id, kind) WHERE state = 'unread' AND mailed_at IS NULL;
GRANT UPDATE (mailed_at) ON member_notification TO mamis_app;
