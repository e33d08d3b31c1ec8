import type { Client } from 'pg';
import type { NamedActor } from '#support/row-views.ts';
import { asActor, attempt, denied, tablesOf } from '#support/row-views.ts';
import type { Facts, Viewer } from './row-oracle.ts';
import { closedTables, openTables, rowRules } from './row-oracle.ts';

/** Attempts of raw SQL on rows that are not the actor's: change, delete, forge a copy, pull one over. None may do anything. */

type Row = Record<string, unknown> & { row_at: string; whole: Record<string, unknown> };
type Column = { name: string; written: boolean; updatable: boolean };
type Attack = { table: string; columns: Column[]; foreign: Row[]; own: Row[]; viewer: Viewer; rightful: (row: Row) => boolean };

/** Rows of one table tried by one actor; more of the same kind would say nothing new. */
const mostRows = 4;

/** Copies that decide who sees a row: an attacker would fill them with his own association. */
const visibilityColumns = ['visible_to', 'association_ids', 'pending_ids'];

/** News hold ids only and belong to nobody; anybody's change may add some. */
const ownerless = ['outbox'];

/** An attacker leaves out the columns that he may not write, where he may write any. */
async function columnsOf(owner: Client, table: string): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `SELECT a.attname AS name, a.attgenerated = '' AND a.attidentity <> 'a'
       AND (has_column_privilege('mamis_app', a.attrelid, a.attnum, 'INSERT') OR NOT has_any_column_privilege('mamis_app', a.attrelid, 'INSERT')) AS written,
       has_column_privilege('mamis_app', a.attrelid, a.attnum, 'UPDATE') AS updatable
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  return rows;
}

/** A copy of a foreign row under a new id, made visible to the attacker. */
function forged(row: Row, viewer: Viewer, number: number): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...row.whole };
  if (typeof copy['id'] === 'string') copy['id'] = `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  if (viewer.kind === 'office') for (const name of visibilityColumns) if (name in copy) copy[name] = [viewer.associationId];
  return copy;
}

async function changeAndDelete(client: Client, { table, columns, foreign }: Attack): Promise<string[]> {
  const found: string[] = [];
  const [column] = columns.filter((one) => one.written && one.updatable);
  for (const row of foreign) {
    if (column !== undefined) {
      const changed = await attempt(client, `UPDATE ${table} SET ${column.name} = ${column.name} WHERE ctid = '${row.row_at}'`);
      if (changed.code !== denied && changed.count + changed.code.length > 0) found.push(`${table} changed ${changed.code}`);
    }
    const gone = await attempt(client, `DELETE FROM ${table} WHERE ctid = '${row.row_at}'`);
    if (gone.code !== denied && gone.count + gone.code.length > 0) found.push(`${table} deleted ${gone.code}`);
  }
  return found;
}

/** A copy that is no forgery: one more affiliation of a doctor whom the office sees, one more act of his own in the audit. */
function isRightful(
  table: string,
  row: Row,
  about: { viewer: Viewer; ofPerson: ReturnType<typeof rowRules>[string] | undefined },
): boolean {
  if (table === 'audit_event') return row.whole['account_id'] === about.viewer.accountId;
  // An office may begin a case for a doctor whom it sees (`rules.md 3.10`), wherever his other cases run.
  return ['affiliation', 'application'].includes(table) && about.ofPerson?.(row.whole, about.viewer) === true;
}

async function forge(client: Client, { table, columns, foreign, viewer, rightful }: Attack): Promise<string[]> {
  if (ownerless.includes(table)) return [];
  const names = columns
    .filter((one) => one.written)
    .map((one) => one.name)
    .join(', ');
  const found: string[] = [];
  for (const [number, row] of foreign.filter((one) => !rightful(one)).entries()) {
    const inserted = await attempt(
      client,
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::${table}, $1::jsonb)`,
      [JSON.stringify(forged(row, viewer, number))],
    );
    if (inserted.code !== denied) found.push(`${table} forged ${inserted.code}`);
  }
  return found;
}

/** Own rows turned into rows about somebody else, or shown to others. */
async function pullOver(client: Client, { table, columns, foreign, own, viewer }: Attack): Promise<string[]> {
  const found: string[] = [];
  const [victim] = foreign;
  const [mine] = own;
  if (victim === undefined || mine === undefined) return [];
  for (const { name } of columns.filter((one) => ['person_id', 'application_id', 'actor_key', 'owner_account_id'].includes(one.name))) {
    const pulled = await attempt(client, `UPDATE ${table} SET ${name} = $1 WHERE ctid = '${mine.row_at}'`, [victim.whole[name]]);
    if (pulled.code !== denied && pulled.count + pulled.code.length > 0) found.push(`${table}.${name} pulled over ${pulled.code}`);
  }
  for (const { name } of columns.filter((one) => visibilityColumns.includes(one.name) && viewer.kind === 'office')) {
    const widened = await attempt(client, `UPDATE ${table} SET ${name} = ${name} || 40000 WHERE ctid = '${mine.row_at}'`);
    if (widened.code !== denied && widened.count + widened.code.length > 0) found.push(`${table}.${name} widened ${widened.code}`);
  }
  return found;
}

/** What an actor could do to rows that the oracle does not give him; empty when the wall stands. */
export async function forgeries(owner: Client, attacker: { named: NamedActor; viewer: Viewer; facts: Facts }): Promise<string[]> {
  const { named, viewer, facts } = attacker;
  const rules = rowRules(facts);
  const found: string[] = [];
  for (const table of (await tablesOf(owner)).filter((name) => !openTables.includes(name))) {
    const { rows } = await owner.query<Row>(`SELECT ctid::text AS row_at, to_jsonb(t) AS whole, t.* FROM ${table} t`);
    const rule = closedTables.includes(table) ? () => false : rules[table];
    if (rule === undefined) throw new Error(`the oracle says nothing about the table ${table}`);
    const attack: Attack = {
      table,
      columns: await columnsOf(owner, table),
      viewer,
      rightful: (row) => isRightful(table, row, { viewer, ofPerson: rules['person_licence'] }),
      foreign: rows.filter((row) => !rule(row, viewer)).slice(0, mostRows),
      own: rows.filter((row) => rule(row, viewer)).slice(0, 1),
    };
    const done = await asActor(owner, named.actor, async () => [
      ...(await changeAndDelete(owner, attack)),
      ...(await forge(owner, attack)),
      ...(await pullOver(owner, attack)),
    ]);
    found.push(...[...new Set(done)].map((one) => `${named.name}: ${one}`));
  }
  return found;
}
