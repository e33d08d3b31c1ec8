import { addDays, day, startOfDay } from '#kernel/day.ts';
import { doctorActor } from './acting.ts';
import type { Entry } from './careers.ts';
import type { Ground } from './ground.ts';
import type { MovePlan } from './move-plans.ts';
import { movePlans } from './move-plans.ts';
import { makeProfile } from './people.ts';
import { playMove } from './play-move.ts';
import { enterHistory, register } from './population.ts';
import { diceOf, idOf } from './random.ts';

/** Members of long standing who leave, move or change while the demo runs. */

export type Mover = MovePlan & { number: number };

/** Everybody in the plans, with the number from which his licence follows. */
export function moversOf(ground: Pick<Ground, 'today' | 'facilities'>): Mover[] {
  const facility = (districtId: number): string => ground.facilities(districtId)[2]?.id ?? '';
  return movePlans({ today: ground.today, facility }).map((plan, index) => ({ ...plan, number: 30_000 + index }));
}

/** The last act decides whether its mails are sent when the system starts. */
export function movedRecently({ filedAgo, acts }: Mover): boolean {
  return (acts.at(-1)?.ago ?? filedAgo) < 7;
}

/** Registers a member of the whole chain since some first of April, and plays his case. */
export async function move(ground: Ground, mover: Mover): Promise<void> {
  const dice = diceOf(`mover ${mover.number}`);
  const district = ground.district(mover.from);
  const age = dice.from(42, 70);
  const profile = makeProfile(ground.names, { number: mover.number, district, today: ground.today, age, dice, mail: true });
  const key = `demo mover ${mover.number}`;
  const personId = await register(ground, profile, { now: startOfDay(addDays(ground.beganOn, -dice.from(1, 40))), key });
  const facilityId = dice.pick(ground.facilities(mover.from).slice(3)).id;
  const joinedOn = day(`${dice.from(2016, 2022)}-04-01`);
  const entries = district.chain.map(
    (link): Entry => ({
      associationId: link.id,
      kind: 'joined',
      effectiveOn: joinedOn,
      categoryId: ground.categoryId(link.id, 'A1'),
      facilityId,
      reason: '入会',
    }),
  );
  const affiliationIds = await enterHistory(ground, {
    personId,
    affiliations: [
      {
        lowestAssociationId: mover.from,
        facilityId,
        workCode: '11',
        positionCode: '02',
        designations: ['01'],
        entries,
      },
    ],
    key: `${key} history`,
  });
  await playMove(ground, {
    name: `move ${mover.number}`,
    doctor: doctorActor(personId, idOf(`account ${mover.number}`), `${profile.surname} ${profile.givenName}`),
    affiliationId: affiliationIds[0] ?? '',
    paper: mover.paper,
    filedAgo: mover.filedAgo,
    isDraft: mover.isDraft ?? false,
    acts: mover.acts,
  });
}
