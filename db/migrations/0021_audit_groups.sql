-- 操作履歴をまとめて書く: 鎖の先頭を、行ごとではなくまとまりごとに一度だけ読み書きする。

-- 鎖に関わる列は、アプリケーションの役割には書けない。
REVOKE INSERT ON audit_event FROM mamis_app;
GRANT INSERT (chain, at, action, result, actor_kind, account_id, actor_name, association_id, on_behalf_of, person_ids, target, purpose, detail, request_id, address)
  ON audit_event TO mamis_app;
ALTER TABLE audit_head SET (fillfactor = 20);

CREATE FUNCTION audit_head_locked(wanted int) RETURNS audit_head LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  head audit_head;
BEGIN
  SELECT * INTO head FROM audit_head WHERE chain = wanted FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_head (chain, seq, hash) VALUES (wanted, 0, '\x00') ON CONFLICT (chain) DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE chain = wanted FOR UPDATE;
  END IF;
  RETURN head;
END $$;
COMMENT ON FUNCTION audit_head_locked(int) IS '鎖の先頭を押さえる';
REVOKE EXECUTE ON FUNCTION audit_head_locked(int) FROM PUBLIC;

CREATE OR REPLACE FUNCTION audit_chain_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  head audit_head;
BEGIN
  SELECT * INTO head FROM audit_head WHERE chain = NEW.chain FOR UPDATE;
  IF NOT FOUND THEN head := audit_head_locked(NEW.chain); END IF;
  NEW.seq := head.seq + 1;
  NEW.prev_hash := head.hash;
  NEW.hash := audit_hash(NEW);
  UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;

-- 連番のある行は audit_write がすでに鎖につないでいる。
DROP TRIGGER audit_event_link ON audit_event;
CREATE TRIGGER audit_event_link BEFORE INSERT ON audit_event FOR EACH ROW WHEN (NEW.seq = 0) EXECUTE FUNCTION audit_chain_link();

CREATE FUNCTION audit_write(chains int[], ats timestamptz[], actions text[], results text[], kinds text[], accounts uuid[], names text[], associations int[],
  behalves int[], persons text[], targets text[], purposes text[], details text[], requests text[], addresses text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  r record;
  e audit_event;
  head audit_head;
BEGIN
  IF ctx_scope() <> 'all' THEN
    RAISE EXCEPTION 'only the system writes the audit of others' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR r IN SELECT * FROM unnest(chains, ats, actions, results, kinds, accounts, names, associations, behalves, persons, targets, purposes, details, requests, addresses)
      WITH ORDINALITY AS t(chain, at, action, result, kind, account, name, association, behalf, person, target, purpose, detail, request, address, place)
      ORDER BY t.chain, t.place LOOP
    IF head.chain IS DISTINCT FROM r.chain THEN
      IF head.chain IS NOT NULL THEN UPDATE audit_head SET seq = e.seq, hash = e.hash WHERE chain = e.chain; END IF;
      head := audit_head_locked(r.chain);
      e.chain := r.chain; e.seq := head.seq; e.hash := head.hash;
    END IF;
    e.id := nextval('audit_event_id_seq'); e.seq := e.seq + 1; e.prev_hash := e.hash;
    e.at := r.at; e.action := r.action; e.result := r.result; e.actor_kind := r.kind; e.account_id := r.account; e.actor_name := r.name;
    e.association_id := r.association; e.on_behalf_of := r.behalf; e.person_ids := r.person::uuid[]; e.target := r.target; e.purpose := r.purpose;
    e.detail := r.detail::jsonb; e.request_id := r.request; e.address := r.address;
    e.hash := audit_hash(e);
    INSERT INTO audit_event OVERRIDING SYSTEM VALUE SELECT e.*;
  END LOOP;
  IF head.chain IS NOT NULL THEN UPDATE audit_head SET seq = e.seq, hash = e.hash WHERE chain = e.chain; END IF;
END $$;
COMMENT ON FUNCTION audit_write(int[], timestamptz[], text[], text[], text[], uuid[], text[], int[], int[], text[], text[], text[], text[], text[], text[])
  IS '操作履歴の行をまとめて鎖につなぐ。医師会の順に押さえるので、まとまりどうしは互いに待ち合わない';
