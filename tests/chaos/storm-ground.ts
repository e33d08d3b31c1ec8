import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { dayOfInstant } from '#kernel/day.ts';
import { categoryIds, fileJoin } from '#main/demo/acting.ts';
import { firstReason, kita } from '#support/case-mix.ts';
import type { StaffLogin } from '#support/logins.ts';
import { doctorLogin, staffLogin } from '#support/logins.ts';
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

/** A case at its first office, filed through the commands; begun anew when a kill comes in between. */
async function newCase({ world, asOwner }: Beside): Promise<StormCase> {
  return await untilDone(async () => {
    const doctor = await world.doctor();
    const login = await asOwner(async (client) => await doctorLogin(client, doctor.personId));
    const ctx = world.as({ ...doctor, accountId: login.accountId }, now);
    const { id } = await fileJoin(ctx, { lowestAssociationId: kita, wishedOn: today });
    return { id, doctor: login };
  });
}

/** What is on everybody's screen: read beside the product, so that the storm is all decisions. */
async function look({ world }: Beside, id: string): Promise<Seen | undefined> {
  const { rows } = await untilDone(
    async () =>
      await world.database.system.query<Seen & { holder: number | null }>(
        `SELECT a.state, a.version, h.association_id AS holder, h.state = 'received' AS received,
           (SELECT count(*)::int FROM application_step s WHERE s.application_id = a.id AND s.state = 'approved') AS approvals
         FROM application a LEFT JOIN application_step h ON h.application_id = a.id AND h.state IN ('arrived', 'received', 'returned')
         WHERE a.id = $1 AND a.state IN ('submitted', 'returned')`,
        [id],
      ),
  );
  const [seen] = rows;
  return seen === undefined ? undefined : { ...seen, holder: seen.holder ?? undefined };
}

async function clerksOf({ world, asOwner }: Beside): Promise<Map<number, readonly [StaffLogin, StaffLogin]>> {
  const clerks = new Map<number, readonly [StaffLogin, StaffLogin]>();
  for (const office of await world.offices(kita)) {
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
  const storm = new Storm({
    ...size,
    origin: product.origin,
    clerks,
    today,
    newCase: async () => await newCase(beside),
    look: async (id) => await look(beside, id),
    categories: await categoryIds(world.surroundings, { ids: [...clerks.keys()], code: 'A1', now }),
    rejectReason: await firstReason(world, 'reject'),
    cancelReason: await firstReason(world, 'cancel'),
  });
  return { storm, asOwner: beside.asOwner, close: async () => await world.close() };
}
