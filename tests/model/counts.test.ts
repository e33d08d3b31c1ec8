import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { foldLedger } from '#features/membership/rules.ts';
import { createTestDatabase } from '#support/database.ts';
import type { TestDatabase } from '#support/template.ts';
import { anyTimeline, firstDay, horizon, modelOf } from '#support/timelines.ts';

/**
 * P5: the counts that the database keeps say of every day what a naive count of members says, around leap day, the turn of the year
 * and of the 年度, with leaves and joins in the future, and also after periods have been derived anew.
 */

const timelines = Number(process.env['PROOF_P5_TIMELINES'] ?? 2_000);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_116);
const association = 27_001;
/** Half of the timelines begin that much earlier, before the turn of the year. */
const earlier = 60;
const directory = new URL('defects/counts/', import.meta.url);

type Person = { id: string; back: number; periods: { joined: Day; left: Day | null }[]; days: Set<Day> };

let database: TestDatabase;
let owner: Client;
let people: Person[] = [];
const watched = Array.from({ length: horizon + earlier + 32 }, (_, offset) => addDays(firstDay, offset - earlier - 1));

function personOf(events: Parameters<typeof modelOf>[0], place: number): Person[] {
  const folded = foldLedger(events);
  const naive = modelOf(events);
  if (!folded.ok || naive === undefined) return [];
  const back = place % 2 === 0 ? 0 : -earlier;
  const periods = folded.periods.map((one) => ({
    joined: addDays(one.joinedOn, back),
    left: one.leftOn === null ? null : addDays(one.leftOn, back),
  }));
  // Who is still there on the last day that the model looks at stays.
  const last = addDays(firstDay, horizon + 30);
  const days = new Set([...naive.keys()].map((on) => addDays(on, back)));
  if (naive.has(last)) for (let on = addDays(last, back); on <= last; on = addDays(on, 1)) days.add(on);
  return [{ id: newId(), back, periods, days }];
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  people = fc.sample(anyTimeline, { numRuns: timelines, seed }).flatMap(personOf);
  await owner.query(
    `INSERT INTO person (id, surname, given_name, surname_kana, given_name_kana, birth_on, sex, postal_code, prefecture_code, address_line, tel, main_department, graduated_on)
     SELECT id, '日医', '太郎', 'ニチイ', 'タロウ', '1980-04-01', 'male', '5300001', '27', '大阪市', '06', '01', '2010-03' FROM unnest($1::uuid[]) AS id`,
    [people.map((person) => person.id)],
  );
  await owner.query('INSERT INTO affiliation (id, person_id, lowest_association_id) SELECT id, id, $2 FROM unnest($1::uuid[]) AS id', [
    people.map((person) => person.id),
    association,
  ]);
  await owner.query(
    `INSERT INTO membership_event (person_id, association_id, affiliation_id, kind, effective_on, category_id)
     SELECT id, $2, id, 'joined', '2020-01-01', (SELECT min(c.id) FROM member_category c WHERE c.association_id = $2) FROM unnest($1::uuid[]) AS id`,
    [people.map((person) => person.id), association],
  );
}, 120_000);
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function derive(some: readonly Person[]): Promise<void> {
  const rows = some.flatMap((person) => person.periods.map((one) => ({ person_id: person.id, joined_on: one.joined, left_on: one.left })));
  await owner.query(
    `INSERT INTO membership_period (person_id, association_id, joined_on, left_on, joined_event_id)
     SELECT r.person_id, $2, r.joined_on, r.left_on, (SELECT e.id FROM membership_event e WHERE e.person_id = r.person_id)
     FROM jsonb_to_recordset($1) AS r(person_id uuid, joined_on date, left_on date)`,
    [JSON.stringify(rows), association],
  );
}

async function counted(associations: number[] | null): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ day: string; members: string }>(
    `SELECT d::text AS day, c.members FROM unnest($1::date[]) AS d CROSS JOIN LATERAL member_counts_on(d, $2) c WHERE c.association_id = $3`,
    [watched, associations, association],
  );
  return new Map(rows.map((row) => [row.day, Number(row.members)]));
}

/** Days on which the database and the naive count differ. */
async function wrongDays(there: readonly Person[]): Promise<string[]> {
  const one = await counted([association]);
  const all = await counted(null);
  return watched.flatMap((on) => {
    const naive = there.filter((person) => person.days.has(on)).length;
    const said = [one.get(on) ?? 0, all.get(on) ?? 0];
    return said.every((members) => members === naive) ? [] : [`${on}: ${naive}, not ${said.join(' or ')}`];
  });
}

async function undone<T>(work: () => Promise<T>): Promise<T> {
  await owner.query('BEGIN');
  try {
    return await work();
  } finally {
    await owner.query('ROLLBACK');
  }
}

/** All periods, then those of every third person taken away, then half of them back. */
async function course(): Promise<string[]> {
  await derive(people);
  const whole = await wrongDays(people);
  const gone = people.filter((_, place) => place % 3 === 0);
  await owner.query('DELETE FROM membership_period WHERE person_id = ANY ($1)', [gone.map((person) => person.id)]);
  const fewer = await wrongDays(people.filter((person) => !gone.includes(person)));
  const back = gone.filter((_, place) => place % 2 === 0);
  await derive(back);
  return [...whole, ...fewer, ...(await wrongDays(people.filter((person) => !gone.includes(person) || back.includes(person))))];
}

describe('会員数', () => {
  test(`${timelines} 通りの経過から、どの日の会員数も一人ずつ数えた数に等しい(rules.md 2.4, 7)`, async () => {
    expect(people.length).toBeGreaterThan(timelines / 3);
    expect(new Set(watched.map((on) => on.slice(0, 4))).size).toBe(2);
    expect(await undone(course)).toEqual([]);
  }, 180_000);

  test.each(readdirSync(directory))(
    '欠陥 %s が見つかる',
    async (name) => {
      const wrong = await undone(async () => {
        await owner.query(readFileSync(new URL(name, directory), 'utf8'));
        return await course();
      });
      expect(wrong.length).toBeGreaterThan(0);
    },
    180_000,
  );
});
