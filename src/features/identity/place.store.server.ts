import type { WriteTransaction } from '#platform/db/transaction.ts';
import { ipVersion } from '#platform/http/ip-version.ts';
import { sql } from 'kysely';
import type pg from 'pg';

/** SQL of where a network address is, by prefecture (D-05); the table is the operator's, and may be empty. */

/** The places that are known of some addresses: the smallest network that holds one counts. */
export async function placesOf(system: pg.Pool, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(addresses)].filter((address) => ipVersion(address) !== undefined);
  if (asked.length === 0) return new Map();
  const found = await system.query<{ address: string; place: string }>(
    `SELECT a.address, p.place FROM unnest($1::text[]) AS a(address)
     CROSS JOIN LATERAL (SELECT n.place FROM network_place n WHERE n.network >>= a.address::inet ORDER BY masklen(n.network) DESC LIMIT 1) p`,
    [asked],
  );
  return new Map(found.rows.map(({ address, place }) => [address, place]));
}

/** The place that is known of one address, within a change of the system. */
export async function findPlace(tx: WriteTransaction, address: string): Promise<string | undefined> {
  if (ipVersion(address) === undefined) return undefined;
  const found = await sql<{ place: string }>`SELECT n.place FROM network_place n WHERE n.network >>= ${address}::inet
    ORDER BY masklen(n.network) DESC LIMIT 1`.execute(tx);
  return found.rows[0]?.place;
}

export type NetworkPlace = { network: string; place: string };

/** Takes the whole table away, before another one is written. */
export async function forgetPlaces(tx: WriteTransaction): Promise<void> {
  await tx.deleteFrom('network_place').execute();
}

/** Writes some lines; of two for one network the first counts. */
export async function insertPlaces(tx: WriteTransaction, places: readonly NetworkPlace[]): Promise<void> {
  await sql`INSERT INTO network_place (network, place)
    SELECT network(n::inet), p FROM unnest(${places.map((one) => one.network)}::text[], ${places.map((one) => one.place)}::text[]) AS t(n, p) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
}
