import { Client } from 'pg';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { officeActor } from '#main/demo/acting.ts';
import { newId } from '#kernel/id.ts';
import { staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { Association, Layer, Settings } from '../reference/state.ts';

/** A database in which runs follow one another; each run has doctors of its own. */

/** Two districts of one prefecture, one of another, two wards below a city: three and four layers. */
export const leaves = [27_001, 27_002, 13_005, 14_501, 14_502] as const;
const uppers = [14_001, 27_000, 13_000, 14_000, 0];

export type Lane = {
  world: World;
  owner: Client;
  associations: readonly Association[];
  offices: Map<number, OfficeActor>;
  /** A second person of each office. */
  colleagues: Map<number, OfficeActor>;
  contractor: OfficeActor;
  /** A doctor who has nothing to do with the others. */
  stranger: DoctorActor;
  /** Associations whose settings the run has changed. */
  changed: Set<number>;
  categoryOf: (association: number, which: number) => number;
};

/** The one office of a single person. */
const alone = 27_002;

type Row = { id: number; layer: Layer; parent: number | null; name: string; settings: Settings; categories: number[] };

async function readAssociations(owner: Client): Promise<Row[]> {
  const { rows } = await owner.query<Row>(
    `SELECT a.id, a.layer, v.parent_id AS parent, v.name, s.settings,
       (SELECT array_agg(c.id ORDER BY c.id) FROM member_category c WHERE c.association_id = a.id) AS categories
     FROM association a JOIN association_version v ON v.association_id = a.id AND v.ends_on IS NULL
     JOIN association_settings s ON s.association_id = a.id AND s.version = 1
     WHERE a.id = ANY ($1) ORDER BY a.layer DESC, a.id`,
    [[...leaves, ...uppers]],
  );
  return rows;
}

export async function openLane(makeWorld: () => Promise<World> = createWorld): Promise<Lane> {
  const world = await makeWorld();
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const rows = await readAssociations(owner);
  const offices = new Map(rows.map((row) => [row.id, officeActor({ id: row.id, name: row.name, layer: row.layer })]));
  for (const row of rows) {
    await staffWithMail(world, row.id, `first${row.id}@example.jp`);
    if (row.id !== alone) await staffWithMail(world, row.id, `second${row.id}@example.jp`);
  }
  const [first] = rows;
  if (first === undefined) throw new Error('no associations');
  const stranger = await world.doctor();
  return {
    world,
    owner,
    associations: rows.map((row) => ({
      ...row,
      parent: row.parent ?? undefined,
      alone: row.id === alone,
      settings: { ...row.settings, twoPersonDecision: row.settings.twoPersonDecision ?? [] },
    })),
    offices,
    colleagues: new Map([...offices].map(([id, office]) => [id, { ...office, accountId: newId(), displayName: '事務局 次郎' }])),
    contractor: officeActor({ id: first.id, name: first.name, layer: first.layer }, { role: 'trainingContractor' }),
    stranger,
    changed: new Set(),
    categoryOf: (association, which) => rows.find((row) => row.id === association)?.categories[which] ?? 0,
  };
}

/** New settings in force at once, as the next version. */
export async function setSettings(lane: Lane, association: number, settings: Partial<Settings>): Promise<void> {
  await lane.owner.query(
    `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
     SELECT association_id, max(version) + 1, '2026-01-01', (array_agg(settings ORDER BY version DESC))[1] || $2::jsonb, 'model'
     FROM association_settings WHERE association_id = $1 GROUP BY association_id`,
    [association, JSON.stringify(settings)],
  );
  lane.changed.add(association);
}

/** Everything as it was before the last run. */
export async function resetSettings(lane: Lane): Promise<void> {
  for (const id of lane.changed) {
    const original = lane.associations.find((one) => one.id === id);
    if (original !== undefined) await setSettings(lane, id, original.settings);
    lane.changed.delete(id);
  }
}

export async function closeLane(lane: Lane): Promise<void> {
  await lane.owner.end();
  await lane.world.close();
}
