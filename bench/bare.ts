import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type pg from 'pg';
import { openDatabase } from '#platform/db/database.ts';
import { statementName } from '#platform/db/statement-name.ts';
import { approveBarely, type BareDecision } from './bare-approval.ts';
import { makeBarePages } from './bare-page.ts';
import { answerParent } from './child.ts';
import type { Statement } from './recording.ts';

/**
 * The measure of things: Hono and pg in the same process shape, running the same SQL with nothing around it: no session, no
 * policy, no row-level security (the owner reads), no audit. `node bench/bare.ts URL`
 */

const plans = new Map<string, Statement[]>();
const decisions: BareDecision[] = [];
const pool = openOwnerPool(process.argv[2] ?? '');

/** The same pool and the same reading of types as ours, but the owner's rights. */
function openOwnerPool(url: string): pg.Pool {
  const database = openDatabase({ url, onError: (error) => console.error(error.message) });
  Reflect.set(database.pool.options, 'options', '-c timezone=Asia/Tokyo');
  return database.pool;
}

async function rowsOf(key: string): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    const found: unknown[] = [];
    for (const { text, values, ownPlan } of plans.get(key) ?? []) {
      const { rows } = await client.query({ name: ownPlan ? undefined : statementName(text), text, values });
      found.push(rows);
    }
    return found;
  } finally {
    client.release();
  }
}

const app = new Hono();
app.get('/json/:key', async (call) => call.json(await rowsOf(call.req.param('key'))));
app.get('/page/:key', makeBarePages(rowsOf));
app.post('/approve', async (call) => {
  const decision = decisions.shift();
  if (decision === undefined) return call.json({ code: 'none left' }, 404);
  return call.json(await approveBarely(pool, decision));
});

function isPlans(message: object): message is { plans: [string, Statement[]][] } {
  return 'plans' in message;
}

function isDecisions(message: object): message is { decisions: BareDecision[] } {
  return 'decisions' in message;
}

const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  answerParent({
    port: typeof address === 'object' && address !== null ? address.port : 0,
    tell: (message) => {
      if (isPlans(message)) for (const [key, statements] of message.plans) plans.set(key, statements);
      if (isDecisions(message)) decisions.push(...message.decisions);
    },
  });
});
