import type { RawDetails } from '#features/application/schema.ts';
import { doctorActor } from './acting.ts';
import type { Scenario } from './case-plan.ts';
import { planCase } from './case-plan.ts';
import type { Ground } from './ground.ts';
import type { Paper } from './papers.ts';
import { makeProfile } from './people.ts';
import { playCase } from './play-case.ts';
import { register } from './population.ts';
import type { Dice } from './random.ts';
import { diceOf, idOf } from './random.ts';

/** Doctors who applied since the system began: their cases stand in every state. */

export type Newcomer = { number: number; districtId: number; scenario: Scenario; at: number; restDays: number };

type Share = readonly [scenario: Scenario, at: number, fresh: number, stale: number];

/** For an association of three layers with a demo login; others get a part of it. */
const shares: readonly Share[] = [
  ['waiting', 0, 9, 5],
  ['received', 0, 6, 4],
  ['waiting', 1, 5, 3],
  ['received', 1, 3, 2],
  ['waiting', 2, 6, 3],
  ['received', 2, 4, 2],
  ['returned', 0, 3, 1],
  ['returned', 1, 2, 1],
  ['returned', 2, 1, 1],
  ['resubmitted', 0, 3, 1],
  ['resubmitted', 1, 1, 0],
  ['resubmitted', 2, 1, 0],
  ['rejected', 0, 0, 2],
  ['rejected', 1, 0, 3],
  ['rejected', 2, 0, 2],
  ['retracted', 0, 1, 3],
  ['cancelled', 0, 1, 2],
  ['cancelled', 1, 0, 1],
  ['draft', 0, 4, 2],
];

const closed: readonly Scenario[] = ['rejected', 'retracted', 'cancelled', 'completed'];

function restOf(scenario: Scenario, stale: boolean, dice: Dice): number {
  if (scenario === 'completed' || (stale && closed.includes(scenario))) return dice.from(2, 600) + dice.next();
  return stale ? dice.from(8, 32) + dice.next() : dice.from(0, 6) + 0.1 + dice.next() * 0.9;
}

type Wave = { districtId: number; layers: number; share: number; completed: number };

function casesOf(wave: Wave): Omit<Newcomer, 'number'>[] {
  const dice = diceOf(`wave ${wave.districtId}`);
  const made: Omit<Newcomer, 'number'>[] = [];
  const add = (scenario: Scenario, at: number, stale: boolean) =>
    made.push({ districtId: wave.districtId, scenario, at, restDays: restOf(scenario, stale, dice) });
  for (const [scenario, at, fresh, stale] of shares) {
    // With four layers the cases of the top step are shared between 都道府県 and 日本医師会.
    const place = () => (at === 2 && wave.layers === 4 ? dice.from(2, 3) : at);
    for (let n = 0; n < fresh; n += 1) if (dice.chance(wave.share)) add(scenario, place(), false);
    for (let n = 0; n < stale; n += 1) if (dice.chance(wave.share)) add(scenario, place(), true);
  }
  for (let n = 0; n < wave.completed; n += 1) add('completed', wave.layers, true);
  return made;
}

/** Doctors who join while the demo runs, with what becomes of each case. */
export function newcomersOf(ground: Pick<Ground, 'districts' | 'district'>, others: readonly number[]): Newcomer[] {
  const layersOf = (id: number) => ground.district(id).chain.length;
  const waves: Wave[] = [
    { districtId: 27001, layers: layersOf(27001), share: 1, completed: 60 },
    { districtId: 13005, layers: layersOf(13005), share: 0.8, completed: 45 },
    { districtId: 14501, layers: layersOf(14501), share: 0.7, completed: 35 },
    ...others.map((districtId) => ({ districtId, layers: layersOf(districtId), share: 0.012, completed: districtId % 2 })),
  ];
  return waves.flatMap(casesOf).map((one, index) => ({ ...one, number: 10_000 + index }));
}

function detailsOf(ground: Ground, districtId: number, dice: Dice): RawDetails {
  const facility = dice.pick(ground.facilities(districtId));
  const clinic = facility.kind === 'clinic';
  const draw = dice.next();
  const place: RawDetails =
    draw < 0.82
      ? { facilityId: facility.id }
      : draw < 0.9
        ? {
            facilityName: `${ground.names.surname(dice).kanji}クリニック(開院予定)`,
            facilityAddress: ground.district(districtId).name.replace(/医師会$/, ''),
            facilityTel: '06-0000-0000',
            facilityOwnerType: '11',
          }
        : { facilityUndecided: 'on' };
  return {
    ...place,
    workCode: clinic ? dice.pick(['11', '13', '14']) : '24',
    positionCode: clinic ? '02' : dice.pick(['13', '14', '08']),
    designations: dice.chance(0.7) ? ['01'] : [],
    note: dice.chance(0.15) ? '開院準備のため、日中は携帯電話にご連絡ください。' : '',
  };
}

/** Registers the doctor shortly before he applies, and plays his case. */
export async function arrive(ground: Ground, newcomer: Newcomer, papers: { licence: Paper; resume: Paper }): Promise<void> {
  const dice = diceOf(`newcomer ${newcomer.number}`);
  const district = ground.district(newcomer.districtId);
  const draw = dice.next();
  const upTo = newcomer.scenario === 'completed' ? (draw < 0.8 ? 1 : draw < 0.93 ? 2 : 3) : 1;
  const steps = district.chain.filter((link) => link.layer >= upTo).length;
  const plan = planCase({ scenario: newcomer.scenario, at: newcomer.at, steps, restDays: newcomer.restDays, today: ground.today, dice });
  const age = dice.from(29, 52);
  const profile = makeProfile(ground.names, { number: newcomer.number, district, today: ground.today, age, dice, mail: true });
  const name = `case ${newcomer.number}`;
  const personId = await register(ground, profile, {
    now: new Date(plan.submittedAt.getTime() - dice.from(1, 72) * 3_600_000),
    key: `demo newcomer ${newcomer.number}`,
  });
  const category = age < 31 ? 'C' : age < 38 ? dice.pick(['B', 'A2B']) : dice.pick(['A1', 'A1', 'A2B', 'B']);
  await playCase(ground, {
    name,
    doctor: doctorActor(personId, idOf(`account ${newcomer.number}`), `${profile.surname} ${profile.givenName}`),
    district,
    upTo,
    category,
    details: detailsOf(ground, newcomer.districtId, dice),
    papers: dice.chance(0.35) ? [papers.licence, papers.resume] : [papers.licence],
    plan,
    isDraft: newcomer.scenario === 'draft',
    dice,
  });
}

/** Still moving this week: its mails are sent when the system starts. */
export function isRecent(newcomer: Newcomer): boolean {
  return newcomer.restDays < 7 && !closed.includes(newcomer.scenario);
}
