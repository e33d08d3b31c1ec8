import { Readable } from 'node:stream';
import { Client } from 'pg';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { addDays, day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { as, doctorActor, must, officesOf, system } from '#main/demo/acting.ts';
import { makeRenderer } from '#platform/render/renderer.ts';
import { makeVault } from '#platform/second-factor/vault.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { run } from '#platform/command/command.ts';
import type { Context, Surroundings } from '#platform/context.ts';
import type { Database } from '#platform/db/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { openDatabase } from '#platform/db/database.ts';
import { createTestDatabase } from './database.ts';
import { holdInvariants } from './invariants.ts';

/** A database of its own, with people made by commands; every test file that needs SQL begins here. */
export type World = {
  database: Database;
  surroundings: Surroundings;
  /** URL of the owner, for assertions that must see everything. */
  ownerUrl: string;
  as: (actor: Actor, now?: Date) => Context;
  doctor: (more?: Record<string, unknown>) => Promise<Extract<Actor, { kind: 'doctor' }>>;
  offices: (lowestAssociationId: number) => Promise<OfficeActor[]>;
  /** Ends the world after checking every invariant (P4); 'unchecked' only where the test itself wrote rows that cannot be. */
  close: (checking?: 'unchecked') => Promise<void>;
};

/** Noon on a Thursday in Japan: tests that do not care about the clock use this. */
export const testNow = new Date('2026-01-15T03:00:00Z');

let licences = 500_000;

export function profile(more: Record<string, unknown>) {
  licences += 1;
  return {
    licenceNumber: String(licences),
    licensedOn: '2010-05-01',
    surname: '日医',
    givenName: '太郎',
    surnameKana: 'ニチイ',
    givenNameKana: 'タロウ',
    postalCode: '5300001',
    prefectureCode: '27',
    addressLine: '大阪市北区梅田1-1',
    tel: '06-0000-0000',
    mail: `doctor${licences}@example.jp`,
    birthOn: '1980-04-01',
    sex: 'male',
    mainDepartment: '01',
    schoolCode: 'N01',
    graduatedOn: '2010-03',
    accountId: null,
    ...more,
  };
}

/** Doctors of one name are different persons: none of them is taken for another (`rules.md 3.14`). */
function nextBirth(): string {
  return addDays(day('1980-04-02'), licences % 270);
}

/** Uploaded bytes for tests that are not about the disk. */
function filesInMemory(): FileStore {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (id, bytes) => {
      if (bytes instanceof Uint8Array) return void kept.set(id, bytes);
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      kept.set(id, Buffer.concat(chunks));
    },
    get: async (id) => {
      const bytes = kept.get(id);
      return bytes === undefined ? undefined : Readable.from([Buffer.from(bytes)]);
    },
    remove: async (id) => void kept.delete(id),
    list: async function* () {
      for (const id of kept.keys()) yield { id, storedAt: testNow };
    },
  };
}

/** Acting on a database that is there already; `close` only hangs up. */
export function worldOn(ownerUrl: string, onError: (error: Error) => void): World {
  const database = openDatabase({ url: ownerUrl, onError });
  const surroundings: Surroundings = {
    database,
    audit: makeAuditLog(database.system),
    files: filesInMemory(),
    render: makeRenderer({ searchPath: '' }),
    vault: makeVault('only for tests'),
    site: { demo: false, version: 'test', origin: 'http://localhost:3000', localMailbox: true },
  };
  const acting = (actor: Actor, now = testNow) => as(surroundings, actor, now);
  return {
    database,
    surroundings,
    ownerUrl,
    as: acting,
    doctor: async (more = {}) => {
      const { personId } = must(await run(registerDoctor, acting(system), profile({ birthOn: nextBirth(), ...more })));
      return doctorActor(personId, newId(), '日医 太郎');
    },
    offices: async (lowest) => await officesOf(surroundings, lowest, testNow),
    close: async () => {
      await surroundings.audit.drain();
      await database.close();
    },
  };
}

/** Tests that are not about the second factor sign offices in with a password; those that are set it back. */
async function withoutOfficeFactor(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query("INSERT INTO system_setting (name, value, changed_at) VALUES ('officeSecondFactor', 0, now())");
  await owner.end();
}

export async function createWorld(): Promise<World> {
  const test = await createTestDatabase();
  await withoutOfficeFactor(test.ownerUrl);
  let closing = false;
  const world = worldOn(test.ownerUrl, (error) => {
    if (!closing) throw error; // dropping the database ends what the pool has not hung up yet
  });
  return {
    ...world,
    close: async (checking) => {
      closing = true;
      await world.close();
      try {
        if (checking !== 'unchecked') await holdInvariants(test.ownerUrl);
      } finally {
        await test.drop();
      }
    },
  };
}
