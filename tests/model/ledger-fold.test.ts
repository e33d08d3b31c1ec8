import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { foldLedger } from '#features/membership/rules.ts';
import { createTestDatabase } from '#support/database.ts';
import type { TestDatabase } from '#support/template.ts';
import type { TimelineEvent } from '#support/timelines.ts';
import { affiliations, anyTimeline, facilities, firstDay, modelOf } from '#support/timelines.ts';

/** P5 in small: the ledger as SQL reads it equals the ledger as the program folds it, and both equal the naive model, as known at any time. */

const timelines = Number(process.env['PROOF_TIMELINES'] ?? 2_000);
const association = 27_001;
/** The n-th record of every timeline was made n minutes after this. */
const begun = Date.parse('2026-01-15T00:00:00Z');
/** Whose records make no sense at some time is recorded elsewhere, so that the members here can be counted. */
const elsewhere = 27_002;
const knownTimes = [1, 3, 6, 99];

type Person = { personId: string; association: number; events: TimelineEvent[]; ids: Map<number, number> };

const directory = new URL('defects/ledger-fold/', import.meta.url);
const defects = readdirSync(directory).filter((name) => name.endsWith('.sql'));

let people: Person[] = [];
let database: TestDatabase;
let owner: Client;
let categories: number[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const found = await owner.query<{ id: number }>('SELECT id FROM member_category WHERE association_id = $1 ORDER BY id LIMIT 3', [
    association,
  ]);
  categories = found.rows.map((row) => row.id);
  people = fc
    .sample(anyTimeline, { numRuns: timelines, seed: 20_260_115 })
    .map((events) => ({ personId: newId(), association: sensible(events) ? association : elsewhere, events, ids: new Map() }));
  for (const id of facilities) await owner.query("INSERT INTO facility (id, name) VALUES ($1, '病院')", [id]);
  await record(people);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

function sensible(events: readonly TimelineEvent[]): boolean {
  return knownTimes.every((known) => modelOf(events.filter((one) => one.id <= known)) !== undefined);
}

/** Affiliations are per person, so their ids get the person's own ending. */
function affiliationId(person: Person, of: string): string {
  return `${person.personId.slice(0, 34)}${of === affiliations[0] ? '0a' : '0b'}`;
}

/** All at once: ids are given out here, so that a correction knows what it supersedes. */
async function record(all: readonly Person[]): Promise<void> {
  await owner.query(
    `INSERT INTO person (id, surname, given_name, surname_kana, given_name_kana, birth_on, sex, postal_code, prefecture_code, address_line, tel, main_department, graduated_on)
     SELECT id, '日医', '太郎', 'ニチイ', 'タロウ', '1980-04-01', 'male', '5300001', '27', '大阪市', '06', '01', '2010-03' FROM unnest($1::uuid[]) AS id`,
    [all.map((person) => person.personId)],
  );
  const carried = all.flatMap((person) =>
    affiliations.map((of) => ({ id: affiliationId(person, of), person_id: person.personId, lowest_association_id: association })),
  );
  await owner.query(
    `INSERT INTO affiliation (id, person_id, lowest_association_id)
    SELECT id, person_id, lowest_association_id FROM jsonb_to_recordset($1) AS r(id uuid, person_id uuid, lowest_association_id int)`,
    [JSON.stringify(carried)],
  );
  let last = 0;
  for (const person of all) for (const one of person.events) person.ids.set(one.id, (last += 1));
  const events = all.flatMap((person) =>
    person.events.map((one) => ({
      id: person.ids.get(one.id),
      person_id: person.personId,
      association_id: person.association,
      affiliation_id: affiliationId(person, one.affiliationId),
      kind: one.kind,
      corrected_kind: one.correctedKind,
      effective_on: one.effectiveOn,
      category_id: one.categoryId === null ? null : categories[one.categoryId - 1],
      facility_id: one.facilityId,
      supersedes: one.supersedes === null ? null : person.ids.get(one.supersedes),
      recorded_at: new Date(begun + one.id * 60_000),
    })),
  );
  const columns =
    'id, person_id, association_id, affiliation_id, kind, corrected_kind, effective_on, category_id, facility_id, supersedes, recorded_at';
  await owner.query(
    `INSERT INTO membership_event (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM jsonb_to_recordset($1) AS r(id bigint, person_id uuid,
    association_id int, affiliation_id uuid, kind text, corrected_kind text, effective_on date, category_id int, facility_id uuid, supersedes bigint, recorded_at timestamptz)`,
    [JSON.stringify(events)],
  );
  await owner.query("SELECT setval(pg_get_serial_sequence('membership_event', 'id'), $1)", [last]);
}

type Phase = {
  starts: string;
  ends: string | null;
  joined: string;
  left: string | null;
  category: number | undefined;
  facility: string | null;
  affiliation: string;
};

/** What the program makes of the records known by then; undefined when they make no sense. */
function folded(person: Person, known: number): Phase[] | undefined {
  const events = person.events.filter((one) => one.id <= known);
  const answer = foldLedger(events);
  expect(answer.ok).toBe(modelOf(events) !== undefined);
  if (!answer.ok) return undefined;
  return answer.periods.flatMap((period) =>
    period.phases.map((phase) => ({
      starts: phase.startsOn,
      ends: phase.endsOn,
      joined: period.joinedOn,
      left: period.leftOn,
      category: categories[phase.categoryId - 1],
      facility: phase.facilityId,
      affiliation: affiliationId(person, phase.affiliationId),
    })),
  );
}

async function asSqlKnows(known: number): Promise<Map<string, Phase[]>> {
  const { rows } = await owner.query<Phase & { person: string }>(
    `SELECT person_id AS person, starts_on::text AS starts, ends_on::text AS ends, joined_on::text AS joined, left_on::text AS left, category_id AS category,
       facility_id AS facility, affiliation_id AS affiliation
     FROM membership_phases_known_at($1) ORDER BY person_id, starts_on`,
    [new Date(begun + known * 60_000)],
  );
  const found = new Map<string, Phase[]>();
  for (const { person, ...phase } of rows) found.set(person, [...(found.get(person) ?? []), phase]);
  return found;
}

/** Timelines of which SQL and program disagree at some time; `compared` counts what made sense. */
async function mismatches(): Promise<{ compared: number; wrong: unknown[] }> {
  const wrong: unknown[] = [];
  let compared = 0;
  for (const known of knownTimes) {
    const sql = await asSqlKnows(known);
    for (const person of people) {
      const mine = folded(person, known);
      if (mine === undefined) continue;
      compared += 1;
      const theirs = sql.get(person.personId) ?? [];
      if (!isDeepStrictEqual(theirs, mine)) wrong.push({ known, events: person.events, sql: theirs, program: mine });
    }
  }
  return { compared, wrong };
}

const watched = Array.from({ length: 26 }, (_, place) => addDays(firstDay, place * 4 - 2));

/** Days on which the members as known at some time are not those that a naive count of the records known by then finds. */
async function miscounted(): Promise<string[]> {
  const here = people.filter((person) => person.association === association);
  const wrong: string[] = [];
  for (const known of knownTimes) {
    const { rows } = await owner.query<{ day: string; one: string; all: string }>(
      `SELECT d::text AS day, coalesce((SELECT c.members FROM member_counts_known_at(d, $2, ARRAY[$3::int]) c), 0) AS one,
         coalesce((SELECT c.members FROM member_counts_known_at(d, $2, NULL) c WHERE c.association_id = $3), 0) AS all FROM unnest($1::date[]) AS d`,
      [watched, new Date(begun + known * 60_000), association],
    );
    const naive = here.map((person) => modelOf(person.events.filter((one) => one.id <= known)));
    for (const on of watched) {
      const members = naive.filter((days) => days?.has(on)).length;
      const said = rows.find((row) => row.day === on);
      if (Number(said?.one) !== members || Number(said?.all) !== members)
        wrong.push(`${on} as known at ${known}: ${members}, not ${said?.one} or ${said?.all}`);
    }
  }
  return wrong;
}

describe('SQL の台帳とプログラムの台帳', () => {
  test(`${timelines} 通りの経過で、どの時点に知られていた会員期間も一致する`, async () => {
    const { compared, wrong } = await mismatches();
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(compared).toBeGreaterThan(timelines);
  }, 180_000);

  test('どの日の会員数も、どの時点に知られていた内容でも、一人ずつ数えた数に等しい(rules.md 2.1, 7)', async () => {
    expect(people.filter((person) => person.association === association).length).toBeGreaterThan(timelines / 3);
    expect(await miscounted()).toEqual([]);
  }, 180_000);

  test('後から加わった記録は、それ以前に知られていた答えを変えない(rules.md 2.1)', async () => {
    const before = await asSqlKnows(3);
    await owner.query('BEGIN');
    await owner.query(
      `INSERT INTO membership_event (person_id, association_id, affiliation_id, kind, effective_on, supersedes, recorded_at)
       SELECT person_id, association_id, affiliation_id, 'annulled', effective_on, id, $1 FROM membership_event e
       WHERE e.kind = 'joined' AND NOT EXISTS (SELECT FROM membership_event s WHERE s.supersedes = e.id) LIMIT 200`,
      [new Date(begun + 200 * 60_000)],
    );
    expect(await asSqlKnows(3)).toEqual(before);
    expect(await asSqlKnows(300)).not.toEqual(await asSqlKnows(199));
    expect(await miscounted()).toEqual([]);
    await owner.query('ROLLBACK');
  }, 60_000);

  test.each(defects)(
    '欠陥 %s が見つかる',
    async (name) => {
      await owner.query('BEGIN');
      try {
        await owner.query(readFileSync(new URL(name, directory), 'utf8'));
        expect((await mismatches()).wrong.length).toBeGreaterThan(0);
      } finally {
        await owner.query('ROLLBACK');
      }
    },
    60_000,
  );
});
