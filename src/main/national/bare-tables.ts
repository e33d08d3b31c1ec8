import type { Client } from 'pg';

/** Takes indexes, constraints and triggers off tables for a load, and puts exactly the same ones back. */

type Part = { table: string; name: string; definition: string; kind: string };

async function constraintsOf(client: Client, tables: readonly string[]): Promise<Part[]> {
  const { rows } = await client.query<Part>(
    `SELECT c.conrelid::regclass::text AS table, quote_ident(c.conname) AS name, pg_get_constraintdef(c.oid) AS definition, c.contype AS kind
     FROM pg_constraint c
     WHERE c.contype IN ('p', 'u', 'x', 'f') AND (c.conrelid::regclass::text = ANY ($1) OR (c.contype = 'f' AND c.confrelid::regclass::text = ANY ($1)))
     ORDER BY c.contype = 'f' DESC, c.oid`,
    [tables],
  );
  return rows;
}

async function indexesOf(client: Client, tables: readonly string[]): Promise<Part[]> {
  const { rows } = await client.query<Part>(
    `SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition, 'i' AS kind
     FROM pg_index i
     WHERE i.indrelid::regclass::text = ANY ($1) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
     ORDER BY i.indexrelid`,
    [tables],
  );
  return rows;
}

/** Foreign keys last: they need the keys they point to. */
const order: Readonly<Record<string, number>> = { p: 0, u: 1, i: 2, x: 3, f: 4 };

async function putBack(client: Client, parts: readonly Part[], log: (line: string) => void): Promise<void> {
  const sorted = [...parts].sort((a, b) => (order[a.kind] ?? 9) - (order[b.kind] ?? 9));
  for (const part of sorted) {
    const started = performance.now();
    await client.query(part.kind === 'i' ? part.definition : `ALTER TABLE ${part.table} ADD CONSTRAINT ${part.name} ${part.definition}`);
    const seconds = (performance.now() - started) / 1000;
    if (seconds > 5) log(`national: ${part.name} in ${Math.round(seconds)} s`);
  }
}

/** Runs `work` inside the caller's transaction on bare tables; a failure rolls everything back with it. */
export async function withBareTables(
  client: Client,
  tables: readonly string[],
  about: { log: (line: string) => void; work: () => Promise<void> },
): Promise<void> {
  const constraints = await constraintsOf(client, tables);
  const indexes = await indexesOf(client, tables);
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { table, name } of constraints) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await about.work();
  about.log('national: building indexes and checking constraints …');
  await putBack(client, [...constraints, ...indexes], about.log);
  for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}
