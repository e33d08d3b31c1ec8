-- 操作履歴・再送防止・送信箱・メール
CREATE TABLE audit_head (
  chain int PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
COMMENT ON TABLE audit_head IS '操作履歴の鎖の先頭(医師会ごと。-1は医師・システム)';
COMMENT ON COLUMN audit_head.chain IS '鎖の番号';
COMMENT ON COLUMN audit_head.seq IS '最後の連番';
COMMENT ON COLUMN audit_head.hash IS '最後のハッシュ';

CREATE TABLE audit_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain int NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  at timestamptz NOT NULL,
  action text NOT NULL,
  result text NOT NULL CHECK (result IN ('done', 'refused')),
  actor_kind text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL DEFAULT '',
  association_id int,
  on_behalf_of int,
  person_ids uuid[] NOT NULL DEFAULT '{}',
  target text NOT NULL DEFAULT '',
  purpose text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}',
  request_id text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  prev_hash bytea NOT NULL DEFAULT '\x',
  hash bytea NOT NULL DEFAULT '\x',
  UNIQUE (chain, seq)
);
COMMENT ON TABLE audit_event IS '操作履歴(追記のみ・ハッシュの鎖)';
COMMENT ON COLUMN audit_event.id IS '内部番号';
COMMENT ON COLUMN audit_event.chain IS '鎖の番号';
COMMENT ON COLUMN audit_event.seq IS '連番';
COMMENT ON COLUMN audit_event.at IS '日時';
COMMENT ON COLUMN audit_event.action IS '操作';
COMMENT ON COLUMN audit_event.result IS '結果';
COMMENT ON COLUMN audit_event.actor_kind IS '操作者の種類';
COMMENT ON COLUMN audit_event.account_id IS '操作者';
COMMENT ON COLUMN audit_event.actor_name IS '操作者の氏名';
COMMENT ON COLUMN audit_event.association_id IS '操作した医師会';
COMMENT ON COLUMN audit_event.on_behalf_of IS '貸与元の医師会';
COMMENT ON COLUMN audit_event.person_ids IS '対象の医師';
COMMENT ON COLUMN audit_event.target IS '対象';
COMMENT ON COLUMN audit_event.purpose IS '目的・理由';
COMMENT ON COLUMN audit_event.detail IS '内容';
COMMENT ON COLUMN audit_event.request_id IS '要求の番号';
COMMENT ON COLUMN audit_event.address IS '接続元';
COMMENT ON COLUMN audit_event.prev_hash IS '一つ前のハッシュ';
COMMENT ON COLUMN audit_event.hash IS 'ハッシュ';
CREATE INDEX audit_event_at ON audit_event (at);
CREATE INDEX audit_event_association ON audit_event (association_id, at);

-- 一行の内容をすべて含むハッシュ。時刻は時間帯の設定に左右されない形にする。
CREATE FUNCTION audit_hash(e audit_event) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    e.id, e.chain, e.seq, extract(epoch FROM e.at), e.action, e.result, e.actor_kind, e.account_id, e.actor_name,
    e.association_id, e.on_behalf_of, to_jsonb(e.person_ids), e.target, e.purpose, e.detail, e.request_id, e.address,
    encode(e.prev_hash, 'hex'))::text, 'UTF8'))
$$;
COMMENT ON FUNCTION audit_hash(audit_event) IS '操作履歴一行のハッシュ';

CREATE FUNCTION audit_chain_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_head AS h (chain, seq, hash) VALUES (NEW.chain, 0, '\x00')
    ON CONFLICT (chain) DO NOTHING;
  SELECT seq + 1, hash INTO NEW.seq, NEW.prev_hash FROM audit_head WHERE chain = NEW.chain FOR UPDATE;
  NEW.hash := audit_hash(NEW);
  UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION audit_chain_link() IS '操作履歴を鎖につなぐ';
CREATE TRIGGER audit_event_link BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_chain_link();

CREATE TABLE idempotency (
  actor_key text NOT NULL,
  key text NOT NULL,
  command text NOT NULL,
  input_hash bytea NOT NULL,
  outcome jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_key, key)
);
COMMENT ON TABLE idempotency IS '同じ要求の二重実行を防ぐ控え';
COMMENT ON COLUMN idempotency.actor_key IS '操作者';
COMMENT ON COLUMN idempotency.key IS '要求の鍵';
COMMENT ON COLUMN idempotency.command IS '操作';
COMMENT ON COLUMN idempotency.input_hash IS '入力のハッシュ';
COMMENT ON COLUMN idempotency.outcome IS '最初の結果';
COMMENT ON COLUMN idempotency.created_at IS '記録日時';
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE outbox IS '出来事(変更と同じ取引で書かれ、後の仕事を起こす)';
COMMENT ON COLUMN outbox.id IS '内部番号';
COMMENT ON COLUMN outbox.kind IS '出来事の種類';
COMMENT ON COLUMN outbox.payload IS '番号だけからなる内容(個人情報を含めない)';
COMMENT ON COLUMN outbox.created_at IS '記録日時';

CREATE FUNCTION outbox_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job('react', json_build_object('outboxId', NEW.id), job_key => 'outbox:' || NEW.id);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION outbox_enqueue() IS '出来事から仕事を作る';
CREATE TRIGGER outbox_enqueue AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_enqueue();

CREATE TABLE mail_message (
  id uuid PRIMARY KEY,
  template text NOT NULL,
  dedupe_key text NOT NULL UNIQUE,
  to_address text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  person_id uuid,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'stopped')),
  attempts int NOT NULL DEFAULT 0,
  last_error text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);
COMMENT ON TABLE mail_message IS 'メール(一通に一人)';
COMMENT ON COLUMN mail_message.id IS '内部番号(Message-IDの元)';
COMMENT ON COLUMN mail_message.template IS '種類 M-xx';
COMMENT ON COLUMN mail_message.dedupe_key IS '二重送信を防ぐ鍵';
COMMENT ON COLUMN mail_message.to_address IS '宛先';
COMMENT ON COLUMN mail_message.subject IS '件名';
COMMENT ON COLUMN mail_message.body IS '本文';
COMMENT ON COLUMN mail_message.person_id IS '宛先の医師';
COMMENT ON COLUMN mail_message.state IS '状態';
COMMENT ON COLUMN mail_message.attempts IS '回数';
COMMENT ON COLUMN mail_message.last_error IS '理由';
COMMENT ON COLUMN mail_message.created_at IS '作成日時';
COMMENT ON COLUMN mail_message.sent_at IS '送信日時';
CREATE INDEX mail_message_created ON mail_message (created_at DESC, id);

CREATE FUNCTION mail_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job('sendMail', json_build_object('mailId', NEW.id), job_key => 'mail:' || NEW.id);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION mail_enqueue() IS 'メール送信の仕事を作る';
CREATE TRIGGER mail_enqueue AFTER INSERT ON mail_message FOR EACH ROW EXECUTE FUNCTION mail_enqueue();

CREATE FUNCTION ctx_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('mamis.account', true), '')::uuid $$;
COMMENT ON FUNCTION ctx_account() IS '操作者のログイン情報';
CREATE FUNCTION ctx_actor_key() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('mamis.actor_key', true), ''), '') $$;
COMMENT ON FUNCTION ctx_actor_key() IS '再送防止の控えを分ける操作者の鍵';

CREATE FUNCTION copy_person_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE person_licence SET visible_to = NEW.visible_to WHERE person_id = NEW.id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION copy_person_visibility() IS '医師の閲覧範囲を医籍登録番号に写す';
CREATE TRIGGER person_visibility AFTER UPDATE OF visible_to ON person
  FOR EACH ROW WHEN (OLD.visible_to IS DISTINCT FROM NEW.visible_to) EXECUTE FUNCTION copy_person_visibility();

CREATE FUNCTION licence_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := (SELECT visible_to FROM person WHERE id = NEW.person_id);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION licence_visibility() IS '医籍登録番号の閲覧範囲';
CREATE TRIGGER licence_visibility BEFORE INSERT ON person_licence FOR EACH ROW EXECUTE FUNCTION licence_visibility();

-- 閲覧範囲を導く仕掛け。範囲はアプリケーションではなくここで決まる。
CREATE FUNCTION refresh_person_visibility(persons uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE person p SET visible_to = v.ids
  FROM (
    SELECT t.id, coalesce((SELECT array_agg(DISTINCT a ORDER BY a) FROM (
        SELECT e.association_id AS a FROM membership_event e WHERE e.person_id = t.id
        UNION SELECT s.association_id FROM application_step s WHERE s.person_id = t.id AND s.open
      ) x), '{}') AS ids
    FROM unnest(persons) AS t(id)
  ) v
  WHERE p.id = v.id AND p.visible_to IS DISTINCT FROM v.ids
$$;
COMMENT ON FUNCTION refresh_person_visibility(uuid[]) IS '医師を閲覧できる医師会を会員歴と処理中の届から求める';

CREATE FUNCTION ledger_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE affiliation a SET association_ids = (SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(a.association_ids || n.ids) x)
  FROM (SELECT affiliation_id, array_agg(DISTINCT association_id) AS ids FROM added GROUP BY 1) n
  WHERE a.id = n.affiliation_id AND NOT a.association_ids @> n.ids;
  PERFORM refresh_person_visibility(ARRAY(SELECT DISTINCT person_id FROM added));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION ledger_visibility() IS '台帳への追記から閲覧範囲を更新する';
CREATE TRIGGER membership_event_visibility AFTER INSERT ON membership_event
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_visibility();

CREATE FUNCTION affiliation_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE membership_phase SET visible_to = NEW.association_ids WHERE affiliation_id = NEW.id;
  UPDATE membership_period m SET visible_to = NEW.association_ids
    WHERE m.id IN (SELECT p.id FROM membership_phase h JOIN membership_period p
      ON p.person_id = h.person_id AND p.association_id = h.association_id AND p.period && h.span WHERE h.affiliation_id = NEW.id);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION affiliation_visibility() IS '所属の範囲を会員期間に写す';
CREATE TRIGGER affiliation_visibility AFTER UPDATE OF association_ids ON affiliation
  FOR EACH ROW WHEN (OLD.association_ids IS DISTINCT FROM NEW.association_ids) EXECUTE FUNCTION affiliation_visibility();

CREATE FUNCTION phase_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := (SELECT association_ids FROM affiliation WHERE id = NEW.affiliation_id);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION phase_visibility() IS '区間の閲覧範囲を所属から写す';
CREATE TRIGGER phase_visibility BEFORE INSERT ON membership_phase FOR EACH ROW EXECUTE FUNCTION phase_visibility();

CREATE FUNCTION period_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := (SELECT a.association_ids FROM membership_event e JOIN affiliation a ON a.id = e.affiliation_id WHERE e.id = NEW.joined_event_id);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION period_visibility() IS '会員期間の閲覧範囲を所属から写す';
CREATE TRIGGER period_visibility BEFORE INSERT ON membership_period FOR EACH ROW EXECUTE FUNCTION period_visibility();

CREATE FUNCTION step_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a uuid;
  ids int[];
BEGIN
  FOR a IN SELECT DISTINCT application_id FROM added LOOP
    SELECT array_agg(DISTINCT s.association_id ORDER BY s.association_id) INTO ids FROM application_step s WHERE s.application_id = a;
    UPDATE application_step SET visible_to = ids WHERE application_id = a;
    UPDATE application SET visible_to = ids WHERE id = a;
    UPDATE document SET visible_to = ids WHERE application_id = a;
    UPDATE affiliation SET pending_ids = ids WHERE id = (SELECT affiliation_id FROM application WHERE id = a);
    UPDATE review_message SET visible_to = ids WHERE application_id = a;
    UPDATE application_action SET visible_to = ids WHERE application_id = a;
  END LOOP;
  PERFORM refresh_person_visibility(ARRAY(SELECT DISTINCT person_id FROM added));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION step_visibility() IS '届の段階から閲覧範囲を求める';
CREATE TRIGGER step_visibility AFTER INSERT ON application_step
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION step_visibility();

CREATE FUNCTION application_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE application_step SET open = NEW.state IN ('submitted', 'returned')
    WHERE application_id = NEW.id AND open IS DISTINCT FROM (NEW.state IN ('submitted', 'returned'));
  UPDATE affiliation SET pending_ids = CASE WHEN NEW.state IN ('submitted', 'returned') THEN NEW.visible_to ELSE '{}' END
    WHERE id = NEW.affiliation_id;
  PERFORM refresh_person_visibility(ARRAY[NEW.person_id]);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION application_closed() IS '届の終了を段階と閲覧範囲に写す';
CREATE TRIGGER application_closed AFTER UPDATE OF state ON application
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION application_closed();

CREATE FUNCTION case_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := (SELECT visible_to FROM application WHERE id = NEW.application_id);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION case_visibility() IS '届に付く記録の閲覧範囲を届から写す';
CREATE TRIGGER application_action_visibility BEFORE INSERT ON application_action FOR EACH ROW EXECUTE FUNCTION case_visibility();
CREATE TRIGGER application_form_visibility BEFORE INSERT ON application_form FOR EACH ROW EXECUTE FUNCTION case_visibility();
CREATE TRIGGER review_message_visibility BEFORE INSERT ON review_message FOR EACH ROW EXECUTE FUNCTION case_visibility();
CREATE TRIGGER document_visibility BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION case_visibility();

CREATE FUNCTION memo_visibility() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.visible_to := CASE WHEN NEW.own_office_only THEN ARRAY[NEW.association_id]
    ELSE (SELECT visible_to FROM application WHERE id = NEW.application_id) END;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION memo_visibility() IS '事務局メモの閲覧範囲';
CREATE TRIGGER office_memo_visibility BEFORE INSERT ON office_memo FOR EACH ROW EXECUTE FUNCTION memo_visibility();

-- 人数だけを答える。個人は見えない。
CREATE FUNCTION member_counts_on(day date, associations int[]) RETURNS TABLE (association_id int, members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.association_id, count(DISTINCT m.person_id)
  FROM membership_period m
  WHERE m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day)
    AND (associations IS NULL OR m.association_id = ANY (associations))
  GROUP BY m.association_id
$$;
COMMENT ON FUNCTION member_counts_on(date, int[]) IS 'ある日に在籍する会員数(退会日の当日を含む)。退会日が先の会員も数える';

-- ある時点までに記録された台帳から、会員期間を導き直す。
CREATE FUNCTION membership_phases_known_at(known_at timestamptz) RETURNS TABLE (
  person_id uuid, association_id int, affiliation_id uuid, category_id int, facility_id uuid,
  starts_on date, ends_on date, joined_on date, left_on date, event_id bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH live AS (
    SELECT e.*, coalesce(e.corrected_kind, e.kind) AS does
    FROM membership_event e
    WHERE e.recorded_at <= known_at AND e.kind <> 'annulled'
      AND NOT EXISTS (SELECT FROM membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= known_at)
  ), ordered AS (
    SELECT l.*, count(*) FILTER (WHERE does = 'joined') OVER w AS stint,
      row_number() OVER w AS position
    FROM live l
    WINDOW w AS (PARTITION BY l.person_id, l.association_id ORDER BY l.effective_on,
      CASE l.does WHEN 'joined' THEN 0 WHEN 'left' THEN 2 ELSE 1 END, l.id
      ROWS UNBOUNDED PRECEDING)
  ), filled AS (
    SELECT o.*,
      (SELECT c.category_id FROM ordered c WHERE c.person_id = o.person_id AND c.association_id = o.association_id
        AND c.stint = o.stint AND c.position <= o.position AND c.category_id IS NOT NULL ORDER BY c.position DESC LIMIT 1) AS in_category,
      (SELECT c.facility_id FROM ordered c WHERE c.person_id = o.person_id AND c.association_id = o.association_id
        AND c.stint = o.stint AND c.position <= o.position AND c.does IN ('joined', 'facility_changed') ORDER BY c.position DESC LIMIT 1) AS in_facility,
      lead(o.effective_on) OVER s AS next_on, lead(o.does) OVER s AS next_does,
      min(o.effective_on) FILTER (WHERE o.does = 'joined') OVER (PARTITION BY o.person_id, o.association_id, o.stint) AS stint_joined,
      min(o.effective_on) FILTER (WHERE o.does = 'left') OVER (PARTITION BY o.person_id, o.association_id, o.stint) AS stint_left
    FROM ordered o
    WINDOW s AS (PARTITION BY o.person_id, o.association_id, o.stint ORDER BY o.position)
  )
  SELECT f.person_id, f.association_id, f.affiliation_id, f.in_category, f.in_facility,
    f.effective_on, CASE WHEN f.next_does = 'left' THEN f.next_on ELSE f.next_on - 1 END,
    f.stint_joined, f.stint_left, f.id
  FROM filled f
  WHERE f.does <> 'left' AND (f.next_on IS NULL OR f.next_on > f.effective_on OR f.next_does = 'left')
$$;
COMMENT ON FUNCTION membership_phases_known_at(timestamptz) IS 'ある時点に知られていた会員期間(二つの時間軸)';
