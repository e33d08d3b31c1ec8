import { SeededRandom } from './seeded-random.ts';

/** Chains of the tampered audit: everybody without office, and three associations. */
export const chains: readonly number[] = [-1, 1, 27, 27_001];
export const rowsPerChain = 30;

/** One way to falsify the audit with all rights over the database. */
export type Tampering = { kind: string; sql: string };

/** Helpers of the forger, made once in the test database: numbers and hashes made right again from a record on. */
export const forgerSql = `
  CREATE FUNCTION forge_rechain(c int, first bigint, with_head boolean) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE r audit_event; before bytea := coalesce((SELECT hash FROM audit_event WHERE chain = c AND seq = first - 1), '\\x00');
  BEGIN
    FOR r IN SELECT * FROM audit_event WHERE chain = c AND seq >= first ORDER BY seq LOOP
      r.prev_hash := before;
      before := audit_hash(r);
      UPDATE audit_event SET prev_hash = r.prev_hash, hash = before WHERE id = r.id;
    END LOOP;
    IF with_head THEN
      UPDATE audit_head h SET (seq, hash) = (SELECT e.seq, e.hash FROM audit_event e WHERE e.chain = c ORDER BY e.seq DESC LIMIT 1) WHERE h.chain = c;
    END IF;
  END $$;
  CREATE FUNCTION forge_shift(c int, first bigint, step int) RETURNS void LANGUAGE sql AS $$
    UPDATE audit_event SET seq = -(seq + step) WHERE chain = c AND seq >= first;
    UPDATE audit_event SET seq = -seq WHERE chain = c AND seq < 0;
  $$;`;

/** Records as the product writes them, through the trigger that chains them. */
export const fillSql = `
  INSERT INTO audit_event (chain, at, action, result, actor_kind, account_id, actor_name, association_id, on_behalf_of, person_ids, target, purpose, detail, request_id, address)
  SELECT c, timestamptz '2026-11-01 09:00+09' + n * interval '97 seconds', (ARRAY['member.viewed', 'application.approve', 'session.started'])[1 + n % 3],
    CASE WHEN n % 7 = 0 THEN 'refused' ELSE 'done' END, CASE WHEN c < 0 THEN 'doctor' ELSE 'office' END,
    CASE WHEN n % 5 = 0 THEN NULL ELSE md5('a' || n)::uuid END, '職員' || n, CASE WHEN c < 0 THEN NULL ELSE c END, CASE WHEN n % 11 = 0 THEN 1 END,
    ARRAY(SELECT md5('p' || n || k)::uuid FROM generate_series(1, n % 3) k), md5('t' || n), CASE WHEN n % 4 = 0 THEN '照会' ELSE '' END,
    jsonb_build_object('n', n, 'before', 'A1', 'after', 'B'), 'r-' || n, '10.0.0.' || n
  FROM generate_series(1, ${rowsPerChain}) n, unnest(ARRAY[${chains.join(', ')}]) AS t (c) ORDER BY n, t.c`;

/** Every column that belongs to the record, with ways to change it a little or a lot. */
const columnChanges: Readonly<Record<string, readonly string[]>> = {
  id: ['DEFAULT'],
  chain: ['chain + 100000'],
  seq: ['seq + 1000', '-seq', 'seq + 4611686018427387904'],
  at: ["at + interval '1 microsecond'", "at - interval '1 day'", "timestamptz 'infinity'"],
  action: ["action || 'x'", "''", 'upper(action)'],
  result: ["CASE result WHEN 'done' THEN 'refused' ELSE 'done' END"],
  actor_kind: ["'system'"],
  account_id: ['gen_random_uuid()', "CASE WHEN account_id IS NULL THEN '00000000-0000-0000-0000-000000000000'::uuid END"],
  actor_name: ["actor_name || '様'", "''", "'別人'"],
  association_id: ['coalesce(association_id, 0) + 1', 'CASE WHEN association_id IS NULL THEN 13101 END'],
  on_behalf_of: ['coalesce(on_behalf_of, 0) + 1', 'CASE WHEN on_behalf_of IS NULL THEN 0 END'],
  person_ids: ['person_ids || gen_random_uuid()', 'ARRAY[gen_random_uuid()]'],
  target: ["target || ' '", "''"],
  purpose: ["purpose || '。'", "'研究'"],
  detail: [`detail || '{"after": "A1"}'`, "detail - 'n'", "'{}'", "'null'"],
  request_id: ["request_id || '0'", "''"],
  address: ["'10.0.0.99'", "''"],
  prev_hash: ['set_byte(prev_hash, 0, (get_byte(prev_hash, 0) + 1) % 256)', "''", "prev_hash || '\\x00'"],
  hash: ['set_byte(hash, 31, get_byte(hash, 31) # 1)', "''", 'sha256(hash)'],
};

export const tamperedColumns = Object.keys(columnChanges);

const anyContent = "actor_name = '別人', detail = detail || '{\"forged\": true}'";

type Recipe = (random: SeededRandom) => string;

const row = (random: SeededRandom): { c: number; n: number; where: string } => {
  const c = random.pick(chains);
  const n = random.from(1, rowsPerChain);
  return { c, n, where: `chain = ${c} AND seq = ${n}` };
};

const columnRecipes: Record<string, Recipe> = Object.fromEntries(
  Object.entries(columnChanges).map(([column, changes]) => [
    `column ${column}`,
    (random) => `UPDATE audit_event SET ${column} = ${random.pick(changes)} WHERE ${row(random).where}`,
  ]),
);

const recipes: Record<string, Recipe> = {
  ...columnRecipes,
  'one record deleted': (random) => `DELETE FROM audit_event WHERE ${row(random).where}`,
  'a run deleted': (random) => {
    const { c, n } = row(random);
    return `DELETE FROM audit_event WHERE chain = ${c} AND seq BETWEEN ${n} AND ${n + random.from(1, 8)}`;
  },
  'deleted and closed up': (random) => {
    const { c, n } = row(random);
    return `DELETE FROM audit_event WHERE chain = ${c} AND seq = ${n}; SELECT forge_shift(${c}, ${n + 1}, -1); SELECT forge_rechain(${c}, ${n}, true)`;
  },
  'tail cut with its head': (random) => {
    const { c, n } = row(random);
    return `DELETE FROM audit_event WHERE chain = ${c} AND seq >= ${Math.max(n, 2)}; SELECT forge_rechain(${c}, 1, true)`;
  },
  'whole chain gone': (random) => {
    const { c } = row(random);
    return `DELETE FROM audit_event WHERE chain = ${c}; DELETE FROM audit_head WHERE chain = ${c}`;
  },
  'two records swapped': (random) => {
    const { c, n } = row(random);
    const other = (n % rowsPerChain) + 1;
    return `UPDATE audit_event SET seq = -seq WHERE chain = ${c} AND seq IN (${n}, ${other});
      UPDATE audit_event SET seq = ${n} + ${other} + seq WHERE chain = ${c} AND seq < 0`;
  },
  'two records swapped, rechained': (random) => {
    const { c, n } = row(random);
    const other = (n % rowsPerChain) + 1;
    return `UPDATE audit_event SET seq = -seq WHERE chain = ${c} AND seq IN (${n}, ${other});
      UPDATE audit_event SET seq = ${n} + ${other} + seq WHERE chain = ${c} AND seq < 0; SELECT forge_rechain(${c}, ${Math.min(n, other)}, true)`;
  },
  'record forged in between': (random) => {
    const { c, n } = row(random);
    const rechain = random.pick(['', `; SELECT forge_rechain(${c}, ${n}, false)`, `; SELECT forge_rechain(${c}, ${n}, true)`]);
    return `SELECT forge_shift(${c}, ${n}, 1); INSERT INTO audit_event (chain, seq, at, action, result, actor_kind)
      VALUES (${c}, ${n}, '2026-11-01 09:30+09', 'member.viewed', 'done', 'office')${rechain}`;
  },
  'record forged at the end': (random) => `INSERT INTO audit_event (chain, seq, at, action, result, actor_kind)
      VALUES (${random.pick(chains)}, ${rowsPerChain + 1}, '2026-11-01 23:00+09', 'member.viewed', 'done', 'office')`,
  'chain of its own forged': (random) => `INSERT INTO audit_event (chain, seq, at, action, result, actor_kind)
      VALUES (13101, ${random.pick([0, 1])}, '2026-11-01 23:00+09', 'member.viewed', 'done', 'office')`,
  'content and its own hash': (random) => {
    const { where } = row(random);
    return `UPDATE audit_event SET ${anyContent} WHERE ${where}; UPDATE audit_event e SET hash = audit_hash(e) WHERE ${where}`;
  },
  'tail rewritten': (random) => {
    const { c, n, where } = row(random);
    return `UPDATE audit_event SET ${anyContent} WHERE ${where}; SELECT forge_rechain(${c}, ${n}, true)`;
  },
  'tail rewritten, one column': (random) => {
    const { c, n, where } = row(random);
    const column = random.pick(tamperedColumns.filter((name) => !['chain', 'seq', 'hash', 'prev_hash'].includes(name)));
    return `UPDATE audit_event SET ${column} = ${random.pick(columnChanges[column] ?? [])} WHERE ${where}; SELECT forge_rechain(${c}, ${n}, true)`;
  },
  'moved to another chain': (random) => {
    const { c, n, where } = row(random);
    const other = chains[(chains.indexOf(c) + 1) % chains.length];
    return `UPDATE audit_event SET chain = ${other}, seq = ${rowsPerChain + 1} WHERE ${where}; SELECT forge_shift(${c}, ${n + 1}, -1);
      SELECT forge_rechain(${c}, ${n}, true); SELECT forge_rechain(${other}, 1, true)`;
  },
  'hash recipe replaced': (random) => `UPDATE audit_event SET ${anyContent} WHERE ${row(random).where};
      CREATE OR REPLACE FUNCTION audit_hash(e audit_event) RETURNS bytea LANGUAGE sql IMMUTABLE AS 'SELECT e.hash'`,
  'head falsified': (random) => {
    const { c } = row(random);
    return random.pick([
      `UPDATE audit_head SET seq = seq + 1 WHERE chain = ${c}`,
      `UPDATE audit_head SET seq = seq - 1 WHERE chain = ${c}`,
      `UPDATE audit_head SET hash = sha256(hash) WHERE chain = ${c}`,
      `DELETE FROM audit_head WHERE chain = ${c}`,
      `UPDATE audit_head SET chain = 13101 WHERE chain = ${c}`,
      "INSERT INTO audit_head VALUES (13101, 4, '\\x01')",
    ]);
  },
};

/** A stream of falsifications, every kind in turn, at random places. */
export function* tamperings(seed: number): Generator<Tampering, never> {
  const random = new SeededRandom(seed);
  for (;;) {
    for (const [kind, recipe] of Object.entries(recipes)) yield { kind, sql: recipe(random) };
  }
}
