import type { Day } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { infoOfAssociations } from '#features/association/queries/info.ts';
import { facilitiesById } from '#features/facility/queries/facility.ts';
import type { MembershipPeriod, MembershipPhase } from '#features/membership/queries/standing.ts';
import { periodsOf, phasesOf } from '#features/membership/queries/standing.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { certificateTexts as texts } from '../messages.ts';
import type { Issuer, Known } from '../rules.ts';

/** What is known today of a person, association by association, in scope of the actor. */
export type KnownPerson = {
  name: string;
  hasFormerName: boolean;
  /** Associations one is or was a member of; a membership ahead is none yet. */
  associationIds: number[];
  in: (associationId: number) => Known;
};

function formerNameOf(person: { surname: string; givenName: string; formerSurname: string | null; formerGivenName: string | null }) {
  const former = [person.formerSurname ?? '', person.formerGivenName ?? ''];
  if (former.every((part) => part === '')) return null;
  return `${former[0] === '' ? person.surname : former[0]} ${former[1] === '' ? person.givenName : former[1]}`;
}

function within(
  id: number,
  all: { periods: readonly MembershipPeriod[]; phases: readonly MembershipPhase[]; names: ReadonlyMap<string, string> },
) {
  return {
    periods: all.periods.filter((period) => period.associationId === id),
    phases: all.phases
      .filter((phase) => phase.associationId === id)
      .map((phase) => ({ ...phase, facilityName: phase.facilityId === null ? '' : (all.names.get(phase.facilityId) ?? '') })),
  };
}

/** Undefined when the person is out of scope. */
export async function knownPerson(tx: ReadTransaction, personId: string, today: Day): Promise<KnownPerson | undefined> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return undefined;
  const periods = await periodsOf(tx, personId);
  const phases = await phasesOf(tx, personId);
  const facilities = await facilitiesById(tx, [...new Set(phases.flatMap((phase) => phase.facilityId ?? []))]);
  const names = new Map(facilities.map((facility) => [facility.id, facility.name]));
  const formerName = formerNameOf(person);
  const name = `${person.surname} ${person.givenName}`;
  const licence = { number: person.licenceNumber, checked: person.licenceVerifiedAt !== null };
  return {
    name,
    hasFormerName: formerName !== null,
    associationIds: [...new Set(periods.filter((period) => period.joinedOn <= today).map((period) => period.associationId))],
    in: (id) => ({ name, formerName, licence, birthOn: person.birthOn, ...within(id, { periods, phases, names }) }),
  };
}

export type IssuingWay = { issuer: Issuer; way: 'direct' | 'office' };

/** Who issues and how, as associations have set it for a day; the members themselves where nothing was set. Lowest layer first. */
export async function issuersOf(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<IssuingWay[]> {
  const set = await infoOfAssociations(tx, ids, on);
  return (await associationsById(tx, ids, on)).map(({ id, name, layer }) => {
    const own = set.find((one) => one.associationId === id);
    return {
      way: own?.way ?? 'direct',
      issuer: {
        association: { id, name, layer },
        sealId: own?.sealId ?? null,
        president: { title: own?.signerTitle ?? texts.defaultTitle, name: own?.signerName ?? '' },
      },
    };
  });
}
