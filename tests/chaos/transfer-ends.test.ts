import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { reject } from '#features/application/commands/reject.ts';
import { revoke } from '#features/application/commands/revoke.ts';
import { categoryIds, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { firstReason, kita, minato } from '#support/case-mix.ts';
import { fileTransfer, memberOf } from '#support/moving.ts';
import { createTestDatabase } from '#support/database.ts';
import { holdInvariants } from '#support/invariants.ts';
import type { TestDatabase } from '#support/template.ts';
import type { World } from '#support/world.ts';
import { worldOn } from '#support/world.ts';

/** The two ends of a transfer: whatever fails in between, nothing is half done (`rules.md 3.6`). */

const origin = kita;
const destination = minato;
const above = 13_000;
const leaveOn = '2026-03-31';
const joinOn = '2026-04-01';

/** Tables that the last approval and its 承認取消 write, in this order or another. */
const written = [
  'application_step',
  'application_action',
  'affiliation',
  'membership_event',
  'membership_period',
  'membership_phase',
  'application',
  'outbox',
  'idempotency',
];

let database: TestDatabase;
let world: World;
let owner: Client;
let doctor: DoctorActor;
let id: string;
const offices = new Map<number, OfficeActor>();
const categories = new Map<number, number>();

beforeAll(async () => {
  database = await createTestDatabase();
  world = worldOn(database.ownerUrl, () => undefined);
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  for (const office of [...(await world.offices(origin)), ...(await world.offices(destination))]) offices.set(office.associationId, office);
  const found = await categoryIds(world.surroundings, { ids: [...offices.keys()], code: 'A1', now: world.as(officeOf(origin)).now });
  for (const [association, category] of found) categories.set(association, category);
  await owner.query(`CREATE FUNCTION fall_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`);
});
beforeEach(async () => {
  doctor = await memberOf(world, origin);
  id = await fileTransfer(world, doctor, { from: origin, to: destination, wishedOn: joinOn, leaveOn });
});
afterAll(async () => {
  await owner.end();
  await world.close();
  await holdInvariants(database.ownerUrl);
  await database.drop();
});

function officeOf(association: number): OfficeActor {
  const office = offices.get(association);
  if (office === undefined) throw new Error(`no office ${association}`);
  return office;
}

async function acting(association: number) {
  const ctx = world.as(officeOf(association));
  return { ctx, at: { id, version: await versionOf(ctx, id) } };
}

async function approveAt(association: number): Promise<Outcome<unknown>> {
  const { ctx, at } = await acting(association);
  const decidedOn = association === origin ? leaveOn : joinOn;
  return await run(approve, ctx, { ...at, decidedOn, categoryId: categories.get(association), confirmed: 'on' }, newId());
}

async function revokeAt(association: number): Promise<Outcome<unknown>> {
  const { ctx, at } = await acting(association);
  return await run(revoke, ctx, { ...at, reason: '誤って承認したため' }, newId());
}

async function endAt(association: number, how: 'reject' | 'cancel'): Promise<Outcome<unknown>> {
  const { ctx, at } = await acting(association);
  const reason = await firstReason(world, how);
  return how === 'reject'
    ? await run(reject, ctx, { ...at, reason, message: '見送りとします。' }, newId())
    : await run(cancel, ctx, { ...at, reason }, newId());
}

/** What is true of the person: every membership with who carries it, and which affiliation is the primary one. */
async function standing(): Promise<unknown[]> {
  const { rows } = await owner.query<Record<string, unknown>>(
    `SELECT association_id, starts_on::text, ends_on::text, joined_on::text, left_on::text, affiliation_id, category_id FROM membership_phase WHERE person_id = $1
     UNION ALL SELECT lowest_association_id, NULL, NULL, NULL, NULL, id, NULL FROM affiliation WHERE person_id = $1 AND is_primary ORDER BY 1, 2`,
    [doctor.personId],
  );
  return rows;
}

/** Everything that is kept of the case and of the person. */
async function everything(): Promise<unknown[]> {
  const tables = ['application_step', 'application_action', 'affiliation', 'membership_event', 'membership_period', 'membership_phase'];
  const kept: unknown[] = [];
  for (const table of [...tables, 'application']) {
    const own = table === 'application_action' ? 'application_id' : table === 'application' ? 'id' : 'person_id';
    const { rows } = await owner.query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${own} = $1 ORDER BY 1`, [
      own === 'person_id' ? doctor.personId : id,
    ]);
    kept.push(rows);
  }
  const news = await owner.query("SELECT kind FROM outbox WHERE payload ->> 'applicationId' = $1 ORDER BY id", [id]);
  const record = await owner.query("SELECT action FROM audit_event WHERE target = $1 AND result = 'done' ORDER BY id", [id]);
  return [...kept, news.rows, record.rows];
}

/** The connection dies at the first writing into a table; what is open is gone with it. */
async function diesAt(table: string, work: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  await owner.query(
    `CREATE TRIGGER fall_down AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION fall_down()`,
  );
  try {
    return await work();
  } finally {
    await owner.query(`DROP TRIGGER fall_down ON ${table}`);
  }
}

/** Dies at every table in turn; after each death all is as it was. Returns the places at which nothing died. */
async function survivals(work: () => Promise<Outcome<unknown>>): Promise<string[]> {
  const before = await everything();
  const survived: string[] = [];
  for (const table of written) {
    const outcome = await diesAt(table, work);
    if (outcome.ok) survived.push(table);
    else expect(outcome.refusal.code).toBe('unavailable');
    expect(await everything(), `after a death at ${table}`).toEqual(before);
  }
  return survived;
}

describe('異動の両端', () => {
  test('最後の承認の途中でどの書込みの後に落ちても、どちらの側も元のまま。もう一度承認すれば両側が一度に有効になる', async () => {
    must(await approveAt(origin));
    must(await approveAt(destination));
    const before = await standing();
    expect(await survivals(async () => await approveAt(above))).toEqual([]);
    expect(await standing()).toEqual(before);
    must(await approveAt(above));
    const after = await standing();
    expect(after).toContainEqual(expect.objectContaining({ association_id: origin, left_on: leaveOn }));
    expect(after).toContainEqual(expect.objectContaining({ association_id: destination, joined_on: joinOn }));
    expect(after).toContainEqual(expect.objectContaining({ association_id: above, joined_on: joinOn }));
  }, 60_000);

  test('承認取消の途中で落ちても半分だけ戻ることはなく、戻れば両側が届の前と同じになる', async () => {
    const before = await standing();
    for (const office of [destination, above, origin]) must(await approveAt(office));
    expect((await survivals(async () => await revokeAt(above))).filter((table) => table !== 'affiliation')).toEqual([]);
    must(await revokeAt(above));
    expect(await standing()).toEqual(before);
    must(await revokeAt(origin));
    must(await approveAt(above));
    expect(await standing()).toEqual(before);
  }, 60_000);

  test.each<[string, number[], number, 'reject' | 'cancel']>([
    ['異動元が承認した後の、異動先の非承認', [origin], destination, 'reject'],
    ['異動先が承認した後の、異動元の非承認', [destination, above], origin, 'reject'],
    ['両側の下層が承認した後の、異動先の都道府県の非承認', [origin, destination], above, 'reject'],
    ['異動元が承認した後の、異動先の取消', [origin], destination, 'cancel'],
  ])('%sで、会員資格は何も変わらず、どの段階も残らない', async (_title, approved, last, how) => {
    const before = await standing();
    for (const office of approved) must(await approveAt(office));
    must(await endAt(last, how));
    expect(await standing()).toEqual(before);
    const { rows } = await owner.query(
      "SELECT 1 FROM application_step WHERE application_id = $1 AND (open OR state IN ('arrived', 'received'))",
      [id],
    );
    expect(rows).toEqual([]);
    id = await fileTransfer(world, doctor, { from: origin, to: destination, wishedOn: joinOn, leaveOn });
    expect(await approveAt(destination)).toMatchObject({ ok: true });
  });

  test('異動元が承認を取り消している間は、異動先がすべて承認しても何も有効にならない', async () => {
    const before = await standing();
    must(await approveAt(origin));
    must(await approveAt(destination));
    must(await revokeAt(origin));
    must(await approveAt(above));
    expect(await standing()).toEqual(before);
    must(await approveAt(origin));
    expect(await standing()).not.toEqual(before);
  });
});
