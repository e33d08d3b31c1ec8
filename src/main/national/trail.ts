import type { Client } from 'pg';

/** What every decision leaves behind besides its own rows: a line of the audit in its chain, and its news. */

const auditSource = `
  SELECT x.id, coalesce(x.association_id, -1) AS chain, x.at, 'application.' || x.action AS action, x.account_id, x.actor_name, x.association_id,
    ARRAY[a.person_id] AS person_ids, x.application_id::text AS target
  FROM application_action x JOIN application a ON a.id = x.application_id ORDER BY chain, x.at, x.id`;

/** The same chaining as the trigger \`audit_chain_link\`, without touching the head at every line. */
const auditFunction = `
  CREATE FUNCTION pg_temp.national_trail() RETURNS SETOF audit_event LANGUAGE plpgsql AS $$
  DECLARE
    r record;
    e audit_event;
    number bigint := 0;
  BEGIN
    e.result := 'done'; e.on_behalf_of := NULL; e.purpose := ''; e.detail := '{}'; e.request_id := ''; e.address := ''; e.chain := NULL;
    FOR r IN ${auditSource} LOOP
      IF e.chain IS DISTINCT FROM r.chain THEN
        e.chain := r.chain; e.seq := 0; e.hash := '\\x00';
      END IF;
      number := number + 1;
      e.id := number; e.seq := e.seq + 1; e.prev_hash := e.hash; e.at := r.at; e.action := r.action; e.account_id := r.account_id; e.actor_name := r.actor_name;
      e.actor_kind := CASE WHEN r.association_id IS NULL THEN 'doctor' ELSE 'office' END;
      e.association_id := r.association_id; e.person_ids := r.person_ids; e.target := r.target;
      e.hash := audit_hash(e);
      RETURN NEXT e;
    END LOOP;
  END $$`;

const auditColumns =
  'id, chain, seq, at, action, result, actor_kind, account_id, actor_name, association_id, on_behalf_of, person_ids, target, purpose, detail, request_id, address, prev_hash, hash';

const outbox = `
  INSERT INTO outbox (kind, payload, created_at)
  SELECT 'application.' || CASE x.action WHEN 'submit' THEN 'submitted' WHEN 'receive' THEN 'received' WHEN 'return' THEN 'returned' WHEN 'reject' THEN 'rejected'
      WHEN 'retract' THEN 'retracted' WHEN 'cancel' THEN 'cancelled' ELSE CASE WHEN a.state = 'completed' AND x.last THEN 'completed' ELSE 'approved' END END,
    jsonb_strip_nulls(jsonb_build_object('applicationId', x.application_id, 'stepId', x.step_id)), x.at
  FROM (SELECT *, id = max(id) FILTER (WHERE action = 'approve') OVER (PARTITION BY application_id) AS last FROM application_action) x
  JOIN application a ON a.id = x.application_id
  ORDER BY x.id`;

/** Writes audit and news of everything that was generated, chained as the trigger would chain them. */
export async function writeTrail(client: Client, log: (line: string) => void): Promise<void> {
  log('national: chaining the audit …');
  await client.query(auditFunction);
  await client.query(
    `INSERT INTO audit_event (${auditColumns}) OVERRIDING SYSTEM VALUE SELECT ${auditColumns} FROM pg_temp.national_trail()`,
  );
  await client.query(`SELECT setval(pg_get_serial_sequence('audit_event', 'id'), (SELECT max(id) FROM audit_event))`);
  await client.query(
    `INSERT INTO audit_head (chain, seq, hash) SELECT DISTINCT ON (chain) chain, seq, hash FROM audit_event ORDER BY chain, seq DESC`,
  );
  log('national: writing the news …');
  await client.query(outbox);
}
