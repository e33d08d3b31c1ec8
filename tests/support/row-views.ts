import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import { doctorActor, officeActor } from '#main/demo/acting.ts';
import { contextStatement } from '#platform/context.ts';
import type { Client } from 'pg';
import type { CaseMix } from './case-mix.ts';
import type { World } from './world.ts';

/** What row-level security shows when nothing of the application is in between. */

/**
 * Runs raw SQL with the role of a request and the context of an actor (or none), inside the open transaction of an
 * owner's connection, and takes everything back.
 */
export async function asActor<T>(client: Client, actor: Actor | undefined, work: () => Promise<T>): Promise<T> {
  await client.query('SAVEPOINT actor; SET LOCAL ROLE mamis_app');
  try {
    if (actor !== undefined) await client.query(contextStatement(actor));
    return await work();
  } finally {
    await client.query('ROLLBACK TO actor');
  }
}

export async function tablesOf(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{
    name: string;
  }>(`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`);
  return rows.map((row) => row.name);
}

/** Addresses of the rows of a table that the current role and context can read; none where reading is not granted. */
export async function visibleRows(client: Client, table: string): Promise<Set<string>> {
  const tried = await attempt(client, `SELECT ctid::text AS row_at FROM ${table}`);
  if (tried.code !== '' && tried.code !== denied) throw new Error(`${table}: ${tried.code}`);
  return new Set(tried.rows.map((row) => String(row['row_at'])));
}

/** The code of PostgreSQL for a missing privilege and for a row that a policy does not let through. */
export const denied = '42501';

export type Attempt = { code: string; count: number; rows: Record<string, unknown>[] };

/** One statement whose failure leaves the transaction usable; its effect is taken back either way. */
export async function attempt(client: Client, statement: string, values: unknown[] = []): Promise<Attempt> {
  await client.query('SAVEPOINT attempt');
  try {
    const { rowCount, rows } = await client.query<Record<string, unknown>>(statement, values);
    return { code: '', count: rowCount ?? 0, rows };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { code: String(error.code), count: 0, rows: [] };
  } finally {
    await client.query('ROLLBACK TO attempt');
  }
}

export type NamedActor = { name: string; actor: Actor | undefined };

/** Offices of every layer, in and beside the chains of the cases. */
const associations = [
  27_001, 27_000, 0, 27_002, 27_003, 14_501, 14_001, 14_000, 14_502, 14_002, 13_005, 13_000, 13_006, 1_000, 1_001, 40_000,
];

/** Thirty-odd ways to stand before the wall (P8). */
export async function viewersOf(world: World, mix: CaseMix): Promise<NamedActor[]> {
  const offices = await Promise.all(
    associations.map(async (id): Promise<NamedActor> => {
      const [office] = await world.offices(id);
      if (office === undefined || office.associationId !== id) throw new Error(`no association ${id}`);
      return { name: `office ${id}`, actor: office };
    }),
  );
  const doctors = Object.entries(mix).map(([name, { doctor }]): NamedActor => ({ name: `doctor of ${name}`, actor: doctor }));
  const kita = { id: 27_001, name: '大阪市北区医師会', layer: 3 } as const;
  return [
    { name: 'no context', actor: undefined },
    { name: 'guest', actor: { kind: 'guest' } },
    { name: 'operations', actor: { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営' } },
    { name: 'training contractor of 27001', actor: officeActor(kita, { role: 'trainingContractor' }) },
    { name: 'clerk of 27001', actor: officeActor(kita, { role: 'clerk' }) },
    { name: 'doctor who is nobody yet', actor: doctorActor(newId(), newId(), '新人 一郎') },
    ...offices,
    ...doctors,
  ];
}
