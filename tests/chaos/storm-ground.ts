import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DoctorActor } from '#kernel/actor.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { actionOf } from '#features/bulk/actions.ts';
import { categoryIds, draftJoin } from '#main/demo/acting.ts';
import { draftWithdrawal } from '#main/demo/leaving.ts';
import { firstReason, kita, minato } from '#support/case-mix.ts';
import type { StaffLogin } from '#support/logins.ts';
import { doctorLogin, staffLogin } from '#support/logins.ts';
import { draftChange, draftTransfer, memberOf } from '#support/moving.ts';
import type { RunningProduct } from '#support/running-product.ts';
import type { Seen, StormCase } from '#support/storm.ts';
import { Storm } from '#support/storm.ts';
import type { World } from '#support/world.ts';
import { worldOn } from '#support/world.ts';

/** The ground of a storm: people, cases and what is on their screens, beside the product that is stormed and killed (P1, P9). */
export type Ground = {
  storm: Storm;
  /** An owner's connection for one question, made anew until the database is there. */
  asOwner: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
};

export type StormSize = { seed: number; requests: number; width: number; connections?: number };

const now = new Date();
const today = dayOfInstant(now);

/** Work that a kill may come in between of is done again. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > 600) throw error;
      await sleep(100);
    }
  }
}

function ownerOf(url: string): Ground['asOwner'] {
  return async (work) =>
    await untilDone(async () => {
      const client = new Client({ connectionString: url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return await work(client);
      } finally {
        await client.end().catch(() => undefined);
      }
    });
}

type Beside = { world: World; asOwner: Ground['asOwner'] };

const inAMonth = addDays(today, 30);
const dayAfter = addDays(today, 31);

const kinds = ['join', 'withdrawal', 'join', 'transfer', 'join', 'change'] as const;

/** A paper of any kind, as far as its last page. */
async function draftOf(world: World, kind: (typeof kinds)[number], doctor: DoctorActor): Promise<{ id: string }> {
  const ctx = world.as(doctor, now);
  switch (kind) {
    case 'join':
      return await draftJoin(ctx, { lowestAssociationId: kita, wishedOn: today });
    case 'withdrawal':
      return await draftWithdrawal(ctx, { leave: [kita], wishedOn: inAMonth });
    case 'transfer':
      return await draftTransfer(world, doctor, { from: kita, to: minato, leaveOn: inAMonth, wishedOn: dayAfter, now });
    case 'change':
      return await draftChange(world, doctor, { associationId: kita, categories: { [kita]: 'A2B' }, wishedOn: inAMonth, now });
  }
}

/** A draft that the doctor has before him, kept through the commands; begun anew when a kill comes in between. */
async function newCase({ world, asOwner }: Beside, place: number): Promise<StormCase> {
  return await untilDone(async () => {
    const kind = kinds[place % kinds.length] ?? 'join';
    const person = kind === 'join' ? await world.doctor() : await memberOf(world, kita);
    const login = await asOwner(async (client) => await doctorLogin(client, person.personId));
    const { id } = await draftOf(world, kind, { ...person, accountId: login.accountId });
    return { id, doctor: login };
  });
}

function decidedOn({ kind, leg }: Seen): string {
  return kind === 'join' ? today : kind === 'change' || leg === 'leave' ? inAMonth : dayAfter;
}

/** What is on everybody's screen: read beside the product, so that the storm is all decisions. A finished join is over, others wait for 確認. */
async function look({ world }: Beside, id: string): Promise<Seen | undefined> {
  const { rows } = await untilDone(
    async () =>
      await world.database.system.query<Seen & { holder: number | null }>(
        `SELECT a.kind, a.state, a.version, h.association_id AS holder, h.leg, h.state = 'received' AS received,
           (SELECT count(*)::int FROM application_step s WHERE s.application_id = a.id AND s.state = 'approved') AS approvals,
           (SELECT s.association_id FROM application_step s WHERE s.application_id = a.id AND s.state = 'approved' ORDER BY s.ordinal DESC LIMIT 1) AS decider
         FROM application a LEFT JOIN application_step h ON h.application_id = a.id AND h.state IN ('arrived', 'received', 'returned')
           AND (h.role = 'acknowledge') = (a.state = 'completed')
         WHERE a.id = $1 AND (a.state IN ('draft', 'submitted', 'returned') OR (a.state = 'completed' AND h.id IS NOT NULL)) ORDER BY h.ordinal`,
        [id],
      ),
  );
  const [seen] = rows;
  return seen === undefined ? undefined : { ...seen, holder: seen.holder ?? undefined };
}

async function clerksOf({ world, asOwner }: Beside): Promise<Map<number, readonly [StaffLogin, StaffLogin]>> {
  const clerks = new Map<number, readonly [StaffLogin, StaffLogin]>();
  for (const office of [...(await world.offices(kita)), ...(await world.offices(minato))]) {
    if (clerks.has(office.associationId)) continue;
    const at = { associationId: office.associationId };
    clerks.set(office.associationId, await asOwner(async (client) => [await staffLogin(client, at), await staffLogin(client, at)]));
  }
  return clerks;
}

/** Prepares a storm on a product that serves; `ownerUrl` where its database is reached another way than its own. */
export async function groundFor(product: RunningProduct, size: StormSize, ownerUrl = product.ownerUrl): Promise<Ground> {
  const world = worldOn(ownerUrl, () => undefined);
  const beside: Beside = { world, asOwner: ownerOf(ownerUrl) };
  const clerks = await clerksOf(beside);
  let made = 0;
  const storm = new Storm({
    ...size,
    origin: product.origin,
    clerks,
    decidedOn,
    readingOf: (action, common) => actionOf(action).readingOf(common),
    newCase: async () => await newCase(beside, (made += 1)),
    look: async (id) => await look(beside, id),
    categories: await categoryIds(world.surroundings, { ids: [...clerks.keys()], code: 'A1', now }),
    rejectReason: await firstReason(world, 'reject'),
    cancelReason: await firstReason(world, 'cancel'),
    revokeLeaveReason: await firstReason(world, 'withdrawal_cancel'),
  });
  return { storm, asOwner: beside.asOwner, close: async () => await world.close() };
}
