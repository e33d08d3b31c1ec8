import type { Day } from '#kernel/day.ts';
import { addDays, day, startOfDay } from '#kernel/day.ts';
import { importHistory } from '#features/membership/commands/import-history.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { run } from '#platform/command/command.ts';
import { as, must, system } from './acting.ts';
import type { History } from './careers.ts';
import { makeHistory } from './careers.ts';
import type { Ground } from './ground.ts';
import { makeProfile } from './people.ts';
import type { Profile } from './people.ts';
import type { District } from './places.ts';
import type { Dice } from './random.ts';
import { diceOf } from './random.ts';

/** Doctors who were members before the system began; the numbers give everybody the same licence number at every load. */

export type Resident = { number: number; districtId: number; secondDistrictId: number | undefined };

const main: readonly (readonly [number, number])[] = [
  [27001, 480],
  [13005, 380],
  [14501, 280],
];

/** How many old members each district has: many at the demo logins, some in their prefectures, a few everywhere. */
export function residentsPerDistrict(districts: readonly District[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [index, district] of districts.entries()) {
    const near = ['27', '13', '14'].includes(district.prefectureCode);
    const few = index % 6 === 0 ? 2 : 0;
    counts.set(district.id, near ? 4 : few);
  }
  for (const [id, count] of main) counts.set(id, count);
  return new Map([...counts].filter(([, count]) => count > 0));
}

/** Where each made-up doctor has his membership, now and then a second one. */
export function residentsOf(districts: readonly District[]): Resident[] {
  const plan = [...residentsPerDistrict(districts)].flatMap(([districtId, count]) => Array.from({ length: count }, () => districtId));
  const homes = main.map(([id]) => id);
  return plan.map((districtId, index) => {
    const dice = diceOf(`second ${index}`);
    const second = dice.chance(0.04) ? dice.pick(homes.filter((id) => id !== districtId)) : undefined;
    return { number: index, districtId, secondDistrictId: second };
  });
}

function historiesOf(ground: Ground, resident: Resident, about: { licensedOn: Day; dice: Dice }): History[] {
  const base = { categoryId: ground.categoryId, until: ground.beganOn, ...about };
  const first = makeHistory({
    ...base,
    district: ground.district(resident.districtId),
    facilities: ground.facilities(resident.districtId),
  });
  if (resident.secondDistrictId === undefined) return [first];
  const without = ground.district(resident.districtId).chain.map((link) => link.id);
  const second = makeHistory({
    ...base,
    district: ground.district(resident.secondDistrictId),
    facilities: ground.facilities(resident.secondDistrictId),
    without,
  });
  return [first, second];
}

/** Registers a doctor as the import does; gives the person's id. */
export async function register(ground: Ground, profile: Profile, at: { now: Date; key: string }): Promise<string> {
  const ctx = as(ground.surroundings, system, at.now);
  return must(await run(registerDoctor, ctx, profile, at.key)).personId;
}

/** Writes memberships from before the system, as the import does; gives the ids of the affiliations. */
export async function enterHistory(
  ground: Ground,
  about: { personId: string; affiliations: readonly History[]; key: string },
): Promise<readonly string[]> {
  const ctx = as(ground.surroundings, system, new Date(startOfDay(ground.beganOn).getTime() + 9 * 3_600_000));
  return must(await run(importHistory, ctx, { personId: about.personId, affiliations: about.affiliations }, about.key)).affiliationIds;
}

/** One old member: registered and entered on the day the system began. */
export async function settle(ground: Ground, resident: Resident): Promise<void> {
  const dice = diceOf(`resident ${resident.number}`);
  const age = dice.from(34, 58) + (dice.chance(0.35) ? dice.from(8, 28) : 0);
  // A few of the old registers never said whether anybody saw the licence.
  const licenceSeen = diceOf(`licence ${resident.number}`).chance(0.97);
  const profile = makeProfile(ground.names, {
    number: resident.number,
    district: ground.district(resident.districtId),
    today: ground.today,
    age,
    dice,
    mail: dice.chance(0.85),
  });
  const key = `demo resident ${resident.number}`;
  const personId = await register(
    ground,
    { ...profile, licenceSeen },
    { now: startOfDay(addDays(ground.beganOn, -dice.from(1, 40))), key },
  );
  await enterHistory(ground, {
    personId,
    affiliations: historiesOf(ground, resident, { licensedOn: day(profile.licensedOn), dice }),
    key: `${key} history`,
  });
}
