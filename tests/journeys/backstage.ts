import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { addDays } from '#kernel/day.ts';
import { issueInitialLogin } from '#features/entrance/commands/issue-initial-login.ts';
import { publishTerms } from '#features/entrance/commands/publish-terms.ts';
import { personOfLicence } from '#features/person/queries/person.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { worldOn } from '#support/world.ts';

/** What no screen of this version can do yet, and counts that no screen shows. */

/** Where the server of the journeys leaves the address of its database. */
export function databaseNote(port: string): string {
  return join(tmpdir(), `mamis-journeys-database-${port}`);
}

async function query<T extends Record<string, unknown>>(sql: string, values: readonly unknown[]): Promise<T[]> {
  const client = new Client({ connectionString: readFileSync(databaseNote(process.env['JOURNEY_PORT'] ?? '3417'), 'utf8') });
  await client.connect();
  try {
    const found = await client.query<T>(sql, [...values]);
    return found.rows;
  } finally {
    await client.end();
  }
}

/** 使用状態 停止中, as a 管理者 will set it in O-17. */
export async function stopStaff(loginId: string): Promise<void> {
  await query(`update staff_member s set state = 'stopped' from account a where a.id = s.account_id and a.login_id = $1`, [loginId]);
}

/** All applications of a doctor, drafts included. */
export async function applicationsOf(licenceNumber: string): Promise<{ id: string; state: string }[]> {
  return await query(
    `select a.id, a.state from application a join person_licence l on l.person_id = a.person_id and l.current where l.number = $1 order by a.created_at`,
    [licenceNumber],
  );
}

/** Our own id of a doctor. */
export async function personOf(licenceNumber: string): Promise<string> {
  const rows = await query<{ person_id: string }>('select person_id from person_licence where number = $1 and current', [licenceNumber]);
  return rows[0]?.person_id ?? '';
}

/** 提出書類 of a case. */
export async function documentsOf(applicationId: string): Promise<string[]> {
  const rows = await query<{ id: string }>('select id from document where application_id = $1', [applicationId]);
  return rows.map((row) => row.id);
}

/** A new version of a text, in force today, whose consent is asked for at the next login; on the installation of a port. */
export async function publishOnPort(port: number, text: { kind: 'terms' | 'privacy' | 'office'; changes: string }): Promise<void> {
  const world = worldOn(readFileSync(databaseNote(String(port)), 'utf8'), (error) => {
    throw error;
  });
  try {
    const ctx = world.as(system, new Date());
    must(await run(publishTerms, ctx, { ...text, body: '新しい本文', effectiveOn: ctx.today, agreeBy: addDays(ctx.today, 30) }));
  } finally {
    await world.close();
  }
}

/** The login of a migrated doctor's letter, which the operator makes. */
export async function initialLoginOf(licenceNumber: string): Promise<{ loginId: string; password: string }> {
  const url = readFileSync(databaseNote(process.env['JOURNEY_PORT'] ?? '3417'), 'utf8');
  const world = worldOn(url, (error) => {
    throw error;
  });
  try {
    const ctx = world.as(system, new Date());
    const personId = await readTransaction(ctx, (tx) => personOfLicence(tx, licenceNumber));
    if (personId === undefined) throw new Error(`nobody has the number ${licenceNumber}`);
    return must(await issueInitialLogin(ctx, personId));
  } finally {
    await world.close();
  }
}
