import type { Day } from '#kernel/day.ts';
import { fullYearsBetween } from '#kernel/day.ts';
import type { FeeWaiver } from '#kernel/fee-period.ts';
import { feeWaiver } from '#kernel/fee-period.ts';
import { isYearMonth, yearMonth } from '#kernel/year-month.ts';
import { lastOfMonth, day } from '#kernel/day.ts';
import { associationsById, codeList } from '#features/association/queries/directory.ts';
import { affiliationsOf, phasesOf } from '#features/membership/queries/standing.ts';
import { sexLabel } from '#features/person/labels.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson, namesakeExists } from '#features/person/queries/person.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** 申請者 of a case, as far as the acting office may see him (`rules.md 5.6`). */

export type Standing = {
  associationId: number;
  associationName: string;
  layer: number;
  category: string;
  joinedOn: Day;
  leftOn: Day | null;
  facility: string;
};

export type Applicant = {
  personId: string;
  name: string;
  kana: string;
  formerName: string;
  licence: string;
  licenceChecked: boolean;
  /** When which office has seen the licence; the office is unknown where 運営事務局 did. */
  licenceSeen: { at: Date; office: string | undefined } | undefined;
  /** The number is another's until somebody has settled it (`rules.md 5.2`). */
  licenceClaimed: boolean;
  licensedOn: Day;
  birthOn: Day;
  age: number;
  sex: string;
  school: string;
  graduatedOn: string;
  trainingEndsOn: string | null;
  tel: string;
  mail: string;
  diedOn: Day | null;
  /** Memberships of today and later in associations within our scope. */
  standings: Standing[];
  namesake: boolean;
};

async function schoolOf(tx: ReadTransaction, person: Person, on: Day): Promise<string> {
  if (person.schoolCode === null) return person.schoolText;
  const schools = await codeList(tx, 'school', on);
  return schools.find((row) => row.code === person.schoolCode)?.label ?? person.schoolText;
}

async function licenceSeenOf(tx: ReadTransaction, person: Person, today: Day): Promise<Applicant['licenceSeen']> {
  const { licenceVerifiedAt: at, licenceVerifiedBy: by } = person;
  if (at === null) return undefined;
  const [office] = by === null ? [] : await associationsById(tx, [by], today);
  return { at, office: office?.name };
}

async function standingsOf(tx: ReadTransaction, personId: string, today: Day): Promise<Standing[]> {
  const phases = (await phasesOf(tx, personId)).filter((phase) => phase.endsOn === null || phase.endsOn >= today);
  const associations = await associationsById(
    tx,
    phases.map((phase) => phase.associationId),
    today,
  );
  const facilities = new Map((await affiliationsOf(tx, personId)).map((row) => [row.facilityId, row.facilityName]));
  return phases
    .flatMap((phase) => {
      const association = associations.find((row) => row.id === phase.associationId);
      if (association === undefined) return [];
      return [
        {
          associationId: phase.associationId,
          associationName: association.name,
          layer: association.layer,
          category: phase.categoryName,
          joinedOn: phase.joinedOn,
          leftOn: phase.leftOn,
          facility: facilities.get(phase.facilityId) ?? '',
        },
      ];
    })
    .sort((a, b) => b.layer - a.layer || a.joinedOn.localeCompare(b.joinedOn));
}

/** The applicant; undefined when he is out of our scope by now, so that only what the case itself kept can be shown. */
export async function readApplicant(tx: ReadTransaction, personId: string, today: Day): Promise<Applicant | undefined> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return undefined;
  const former = [person.formerSurname, person.formerGivenName].filter((part) => part !== null).join(' ');
  return {
    personId,
    name: `${person.surname} ${person.givenName}`,
    kana: `${person.surnameKana} ${person.givenNameKana}`,
    formerName: former,
    licence: person.licenceNumber,
    licenceChecked: person.licenceVerifiedAt !== null,
    licenceSeen: await licenceSeenOf(tx, person, today),
    licenceClaimed: person.licenceClaimed,
    licensedOn: person.licensedOn,
    birthOn: person.birthOn,
    age: fullYearsBetween(person.birthOn, today),
    sex: sexLabel(person.sex),
    school: await schoolOf(tx, person, today),
    graduatedOn: person.graduatedOn,
    trainingEndsOn: person.trainingEndsOn,
    tel: person.tel,
    mail: person.mail ?? '',
    diedOn: person.diedOn,
    standings: await standingsOf(tx, personId, today),
    namesake: await namesakeExists(tx, person),
  };
}

/** 会費減免 of the applicant on a day with a category for trainees or not (`rules.md 6`). */
export function waiverOf(applicant: Pick<Applicant, 'graduatedOn' | 'trainingEndsOn'>, question: { on: Day; trainee: boolean }): FeeWaiver {
  const { graduatedOn, trainingEndsOn } = applicant;
  return feeWaiver({
    on: question.on,
    isTrainee: question.trainee,
    ...(isYearMonth(graduatedOn) ? { graduatedOn: yearMonth(graduatedOn) } : {}),
    ...(trainingEndsOn !== null && isYearMonth(trainingEndsOn) ? { trainingEndsOn: lastOfMonth(day(`${trainingEndsOn}-01`)) } : {}),
  });
}

/** The same where no category is asked about: a trainee until the month in which the profile says that the training ends. */
export function waiverOn(applicant: Pick<Applicant, 'graduatedOn' | 'trainingEndsOn'>, on: Day): FeeWaiver {
  const { trainingEndsOn } = applicant;
  return waiverOf(applicant, { on, trainee: trainingEndsOn !== null && trainingEndsOn >= on.slice(0, 7) });
}
