import { join } from 'node:path';
import type { Client } from 'pg';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { doctorLogin, session, staffLogin } from '#support/logins.ts';
import type { Marked } from '#support/marked-world.ts';
import { markedCases } from '#support/marked-world.ts';
import type { World } from '#support/world.ts';
import type { Actor } from './oracle.ts';

/** Who asks and about whom (P7): every kind of person, and marked cases in every state. */

export type Visitor = { name: string; actor: Actor; cookie: string };

export type MatrixWorld = { world: World; owner: Client; marked: readonly Marked[]; visitors: readonly Visitor[] };

/** Fills a fresh world; `owner` sees all of it. */
export async function matrixWorld(world: World, owner: Client): Promise<MatrixWorld> {
  const marked = await markedCases(world, owner);
  return { world, owner, marked, visitors: await everybody({ world, owner, marked }) };
}

/** The papers of the cases are only rows so far; `dataDir` is the product's. */
export async function keepFiles(owner: Client, dataDir: string): Promise<void> {
  const store = localFileStore(join(dataDir, 'files'));
  const { rows } = await owner.query<{ id: string; size: number }>('SELECT id, size FROM stored_file');
  for (const { id, size } of rows) await store.put(id, Buffer.alloc(size, '%PDF-1.4 '));
}

async function everybody({ world, owner, marked }: Omit<MatrixWorld, 'visitors'>): Promise<Visitor[]> {
  const office = async (associationId: number, role: 'admin' | 'clerk' | 'trainingContractor'): Promise<Visitor> => {
    const login = await staffLogin(owner, { associationId, role });
    return { name: `${role} of ${associationId}`, actor: { kind: 'office', associationId, role }, cookie: login.cookie };
  };
  const barred = async (name: string, spec: { state?: 'stopped'; validUntil?: string }): Promise<Visitor> => ({
    name,
    actor: { kind: 'guest' },
    cookie: (await staffLogin(owner, { associationId: 27_001, ...spec })).cookie,
  });
  const doctors: Visitor[] = [];
  for (const one of marked)
    doctors.push({
      name: `doctor of ${one.name}`,
      actor: { kind: 'doctor', personId: one.personId },
      cookie: (await doctorLogin(owner, one.personId)).cookie,
    });
  const stranger = await world.doctor();
  const over = await staffLogin(owner, { associationId: 27_001 });
  const clerks = [27_001, 27_000, 0, 14_501, 14_001, 14_000, 13_005, 13_000, 27_002, 14_502, 14_002, 13_006, 1_000, 1_001];
  return [
    { name: 'guest', actor: { kind: 'guest' }, cookie: '' },
    { name: 'guest with a forged cookie', actor: { kind: 'guest' }, cookie: 'mamis=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    {
      name: 'clerk whose session is over',
      actor: { kind: 'guest' },
      cookie: await session(owner, over.accountId, { staffId: over.staffId, hours: -1 }),
    },
    await barred('stopped clerk of 27001', { state: 'stopped' }),
    await barred('clerk of 27001 after the end of his time', { validUntil: '2026-01-31' }),
    { name: 'operations', actor: { kind: 'operations' }, cookie: (await staffLogin(owner, { associationId: null })).cookie },
    await office(27_001, 'trainingContractor'),
    await office(27_001, 'admin'),
    await office(0, 'admin'),
    ...(await Promise.all(clerks.map(async (id) => await office(id, 'clerk')))),
    {
      name: 'doctor who is nobody yet',
      actor: { kind: 'doctor', personId: stranger.personId },
      cookie: (await doctorLogin(owner, stranger.personId)).cookie,
    },
    ...doctors,
  ];
}
