import { Client } from 'pg';
import type { Invariant } from './invariant.ts';
import { caseInvariants } from './invariant-cases.ts';
import { kindInvariants } from './invariant-kinds.ts';
import { ledgerInvariants } from './invariant-ledger.ts';
import { recordInvariants } from './invariant-records.ts';

export type BrokenInvariant = { id: string; title: string; found: string[] };

export const invariants: readonly Invariant[] = [...ledgerInvariants, ...caseInvariants, ...kindInvariants, ...recordInvariants];

/** Offenders named per invariant; more would only hide the first. */
const mostNamed = 5;

/** The invariants that do not hold, as seen by an owner's connection (also inside its open transaction). */
export async function brokenIn(client: Pick<Client, 'query'>): Promise<BrokenInvariant[]> {
  const broken: BrokenInvariant[] = [];
  for (const { id, title, sql } of invariants) {
    const { rows } = await client.query<{ found: string }>(`${sql} LIMIT ${mostNamed}`);
    if (rows.length > 0) broken.push({ id, title, found: rows.map((row) => row.found) });
  }
  return broken;
}

/** Checks a whole database (P4); empty when everything holds. `ownerUrl`: a role that sees all rows. */
export async function brokenInvariants(ownerUrl: string): Promise<BrokenInvariant[]> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'invariants' });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await brokenIn(client);
  } finally {
    await client.end();
  }
}

/** For the end of a suite: @throws Error naming every invariant that does not hold. */
export async function holdInvariants(ownerUrl: string): Promise<void> {
  const broken = await brokenInvariants(ownerUrl);
  if (broken.length === 0) return;
  throw new Error(`broken invariants:\n${broken.map((one) => `- ${one.id} ${one.title}: ${one.found.join(', ')}`).join('\n')}`);
}
