import { Client } from 'pg';

export type DemoState = 'none' | 'pending' | 'loaded';

/**
 * Whether this database holds demo data. Decided once, at the first start of an empty database, and kept
 * in it: a database with real accounts never gets demo data, whatever a later start asks for.
 */
export async function settleDemo(ownerUrl: string, wantsDemo: boolean): Promise<DemoState> {
  return await withClient(ownerUrl, async (client) => {
    await client.query(
      `insert into installation (demo)
       select case when $1 and not exists (select from account) then 'pending' else 'none' end
       on conflict do nothing`,
      [wantsDemo],
    );
    const { rows } = await client.query<{ demo: DemoState }>('select demo from installation');
    return rows[0]?.demo ?? 'none';
  });
}

/** Notes that all demo data are in. */
export async function markDemoLoaded(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) => client.query(`update installation set demo = 'loaded'`));
}

/** Which of these login ids there are: a national demo has offices and no named doctors. */
export async function existingLogins(ownerUrl: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  return await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('select login_id as name from account where lower(login_id) = any($1)', [names]);
    return new Set(rows.map((row) => row.name));
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
