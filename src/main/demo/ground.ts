import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { associationsById, categoriesOf } from '#features/association/queries/directory.ts';
import { run } from '#platform/command/command.ts';
import type { Surroundings } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { startOfDay } from '#kernel/day.ts';
import { as, must, officeActor, system } from './acting.ts';
import type { KnownFacility } from './careers.ts';
import type { MadeFacility } from './facilities.ts';
import { makeFacility } from './facilities.ts';
import type { Names } from './names.ts';
import { readNames } from './names.ts';
import type { District } from './places.ts';
import { diceOf, idOf } from './random.ts';

/** Everything that people and cases of the demo refer to. */
export type Ground = {
  surroundings: Surroundings;
  /** The day on which the demo was first loaded; all dates count back from it. */
  today: Day;
  /** The day on which this system took over the old registers. */
  beganOn: Day;
  names: Names;
  district: (id: number) => District;
  /** Lowest associations that are districts or wards, code order. */
  districts: readonly District[];
  facilities: (districtId: number) => readonly KnownFacility[];
  categoryId: (associationId: number, code: string) => number;
  office: (associationId: number) => OfficeActor;
};

/** The system has been in use for so long (days). */
const daysInUse = 780;

type Directory = Pick<Ground, 'district' | 'districts' | 'categoryId'> & { offices: Map<number, OfficeActor> };

async function readDirectory(surroundings: Surroundings, today: Day, names: Names): Promise<Directory> {
  const ctx = as(surroundings, system, startOfDay(today));
  return await readTransaction(ctx, async (tx) => {
    const ids = (await tx.selectFrom('association').select('id').execute()).map((row) => row.id);
    const rows = await associationsById(tx, ids, today);
    const categories = await categoriesOf(tx, ids, today);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const prefectureName = (code: string) =>
      rows.find((row) => row.layer === 2 && row.prefectureCode === code)?.name.replace(/医師会$/, '') ?? '';
    const chainOf = (id: number): { id: number; layer: number; name: string }[] => {
      const row = byId.get(id);
      if (row === undefined) return [];
      return [{ id: row.id, layer: row.layer, name: row.name }, ...(row.parentId === null ? [] : chainOf(row.parentId))];
    };
    const parents = new Set(rows.map((row) => row.parentId));
    const districts = rows
      .filter((row) => !parents.has(row.id) && ['district', 'ward'].includes(row.kind))
      .map((row): District => {
        const prefectureCode = row.prefectureCode ?? '13';
        return {
          id: row.id,
          name: row.name,
          kana: row.kana,
          prefectureCode,
          prefectureName: prefectureName(prefectureCode),
          chain: chainOf(row.id),
        };
      });
    const codes = new Map(categories.map((row) => [`${row.associationId}/${row.code}`, row.id]));
    return {
      districts,
      district: (id) => districts.find((row) => row.id === id) ?? fail(`no district ${id}`),
      categoryId: (id, code) => codes.get(`${id}/${code}`) ?? fail(`no category ${code} in ${id}`),
      offices: new Map(rows.map((row) => [row.id, clerkOf(row, names)])),
    };
  });
}

function fail(text: string): never {
  throw new RangeError(text);
}

/** Somebody at the office of an association that has no demo login. */
function clerkOf(office: Parameters<typeof officeActor>[0], names: Names): OfficeActor {
  const dice = diceOf(`office ${office.id}`);
  const name = `${names.surname(dice).kanji} ${names.given(dice, { sex: 'female', era: 'middle' }).kanji}`;
  return { ...officeActor(office, { accountId: idOf(`office ${office.id}`), name }), staffId: idOf(`staff ${office.id}`) };
}

async function addAll(ground: { surroundings: Surroundings; beganOn: Day }, made: readonly MadeFacility[]): Promise<KnownFacility[]> {
  const known: KnownFacility[] = [];
  for (let from = 0; from < made.length; from += 250) {
    const part = made.slice(from, from + 250);
    const ctx = as(ground.surroundings, system, startOfDay(addDays(ground.beganOn, -1)));
    const { ids } = must(
      await run(addFacilities, ctx, { facilities: part.map(({ kind: _kind, ...facility }) => facility) }, `demo facilities ${from}`),
    );
    ids.forEach((id, index) => {
      const facility = part[index];
      if (facility !== undefined) known.push({ id, kind: facility.kind, associationId: facility.associationId });
    });
  }
  return known;
}

/** How many facilities each district gets. */
export function facilityPlan(districts: readonly District[], chosen: readonly number[]): Map<number, number> {
  const many = new Map([
    [27001, 90],
    [13005, 80],
    [14501, 60],
  ]);
  return new Map(districts.filter((district) => chosen.includes(district.id)).map((district) => [district.id, many.get(district.id) ?? 6]));
}

/** Reads the masters and adds the facilities. `staffOf` are the actors of the demo logins by association. */
export async function prepareGround(
  surroundings: Surroundings,
  about: { today: Day; districtIds: (districts: readonly District[]) => number[]; staffOf: ReadonlyMap<number, OfficeActor> },
): Promise<Ground> {
  const names = await readNames();
  const { offices, ...directory } = await readDirectory(surroundings, about.today, names);
  const beganOn = addDays(about.today, -daysInUse);
  const plan = facilityPlan(directory.districts, about.districtIds(directory.districts));
  const made = [...plan].flatMap(([id, count]) =>
    Array.from({ length: count }, (_, index) => makeFacility(directory.district(id), index, names)),
  );
  const known = await addAll({ surroundings, beganOn }, made);
  const byDistrict = Map.groupBy(known, (facility) => facility.associationId ?? 0);
  return {
    surroundings,
    today: about.today,
    beganOn,
    names,
    ...directory,
    facilities: (id) => byDistrict.get(id) ?? fail(`no facilities in ${id}`),
    office: (id) => about.staffOf.get(id) ?? offices.get(id) ?? fail(`no office ${id}`),
  };
}
