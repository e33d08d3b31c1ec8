import { Client } from 'pg';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import type { Surroundings } from '#platform/context.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import type { AppConfig } from './config.ts';
import { registerContacts } from './demo/contacts.ts';
import { createDemoDoctors } from './demo/demo-doctors.ts';
import { takeOutDemoLists } from './demo/exports.ts';
import type { Ground } from './demo/ground.ts';
import { prepareGround } from './demo/ground.ts';
import { createStaff } from './demo/logins.ts';
import { move, movedRecently, moversOf } from './demo/movers.ts';
import { arrive, isRecent, newcomersOf } from './demo/newcomers.ts';
import { readPapers } from './demo/papers.ts';
import { publishDemoNotices } from './demo/notices.ts';
import { defineDemoLists } from './demo/own-lists.ts';
import { askDemoQuestions } from './demo/questions.ts';
import { inParallel } from './demo/pool.ts';
import { residentsOf, residentsPerDistrict, settle } from './demo/population.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

type Log = (line: string) => void;

/** Connections that work on the load at once. */
const width = 8;

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The day on which the load first began: a load that goes on after an interruption must plan the same dates. */
async function firstDay(ownerUrl: string): Promise<Day> {
  return await asOwner(ownerUrl, async (client) => {
    const found = await client.query<{ began: Date | null }>(
      `SELECT min(created_at) AS began FROM idempotency WHERE actor_key = 'system:demo'`,
    );
    return dayOfInstant(found.rows[0]?.began ?? new Date());
  });
}

/** What happened long ago has been told long ago: its mails are not sent now. */
async function forgetOldNews(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query(
      `SELECT graphile_worker.complete_jobs(array(SELECT id FROM graphile_worker.jobs WHERE task_identifier IN ('react', 'sendMail')))`,
    );
  });
}

async function counted<T>(items: readonly T[], what: { label: string; log: Log }, work: (item: T) => Promise<void>): Promise<void> {
  let done = 0;
  await inParallel(items, width, async (item) => {
    await work(item);
    done += 1;
    if (done % 500 === 0 || done === items.length) what.log(`demo: ${done} of ${items.length} ${what.label}`);
  });
}

async function fill(ground: Ground, config: AppConfig, log: Log): Promise<void> {
  const papers = await readPapers();
  await counted(residentsOf(ground.districts), { label: 'members', log }, (resident) => settle(ground, resident));
  await createDemoDoctors(ground, papers);
  await askDemoQuestions(ground);
  await defineDemoLists(ground);
  await registerContacts(ground);
  const others = ground.districts
    .filter((district) => ['27', '13', '14'].includes(district.prefectureCode))
    .map((district) => district.id)
    .filter((id) => ![27001, 13005, 14501].includes(id));
  const newcomers = newcomersOf(ground, others);
  await counted(
    newcomers.filter((one) => !isRecent(one)),
    { label: 'earlier applications', log },
    (newcomer) => arrive(ground, newcomer, papers),
  );
  const movers = moversOf(ground);
  await inParallel(
    movers.filter((one) => !movedRecently(one)),
    width,
    (mover) => move(ground, mover),
  );
  await publishDemoNotices(ground);
  await takeOutDemoLists(ground);
  await forgetOldNews(config.ownerUrl);
  await counted(newcomers.filter(isRecent), { label: 'applications of this week', log }, (newcomer) => arrive(ground, newcomer, papers));
  await counted(movers.filter(movedRecently), { label: 'leaves and moves of this week', log }, (mover) => move(ground, mover));
}

/**
 * Loads the demo: offices, doctors, facilities, memberships with their past, applications in every state; all through the
 * commands, with clocks in the past. The same every time; goes on where an interrupted load stopped.
 */
export async function loadDemo(config: AppConfig, log: Log): Promise<void> {
  const started = performance.now();
  const today = await firstDay(config.ownerUrl);
  const database = openDatabase({ url: config.ownerUrl, poolSize: width, onError: (error) => log(`demo: database: ${error.message}`) });
  const surroundings: Surroundings = {
    database,
    audit: makeAuditLog(database.system),
    files: localFileStore(config.filesDir),
    render: noRenderer,
    vault: noVault,
    site: {
      demo: true,
      version: '',
      origin: config.publicOrigin ?? `http://localhost:${config.port}`,
      localMailbox: config.smtpUrl === undefined,
    },
  };
  try {
    const staffOf = await createStaff(surroundings, today);
    const ground = await prepareGround(surroundings, {
      today,
      staffOf,
      districtIds: (districts) => [...residentsPerDistrict(districts).keys()],
    });
    await fill(ground, config, log);
    await surroundings.audit.drain();
    log(`demo: ready after ${Math.round((performance.now() - started) / 1000)} s`);
  } finally {
    await database.close();
  }
}
