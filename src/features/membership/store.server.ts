import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { DeedKind, EventKind, LedgerEvent, Period } from './rules.ts';

const eventKinds: readonly string[] = ['joined', 'left', 'category_changed', 'facility_changed', 'corrected', 'annulled'];
const deedKinds: readonly string[] = ['joined', 'left', 'category_changed', 'facility_changed'];

function isEventKind(text: string): text is EventKind {
  return eventKinds.includes(text);
}

function isDeedKind(text: string): text is DeedKind {
  return deedKinds.includes(text);
}

/** Everything ever recorded of one person in one association, in the order of recording. */
export async function listEvents(tx: ReadTransaction, personId: string, associationId: number): Promise<LedgerEvent[]> {
  const rows = await tx
    .selectFrom('membership_event')
    .select(['id', 'kind', 'corrected_kind', 'affiliation_id', 'effective_on', 'category_id', 'facility_id', 'reason', 'supersedes'])
    .where('person_id', '=', personId)
    .where('association_id', '=', associationId)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    if (!isEventKind(row.kind)) throw new RangeError(`unknown ledger event: ${row.kind}`);
    const corrected = row.corrected_kind;
    return {
      id: row.id,
      kind: row.kind,
      correctedKind: corrected !== null && isDeedKind(corrected) ? corrected : null,
      affiliationId: row.affiliation_id,
      effectiveOn: row.effective_on,
      categoryId: row.category_id,
      facilityId: row.facility_id,
      reason: row.reason,
      supersedes: row.supersedes,
    };
  });
}

/** One line for the ledger, as a decision of a command states it. */
export type LedgerEntry = {
  personId: string;
  associationId: number;
  affiliationId: string;
  kind: EventKind;
  correctedKind?: DeedKind;
  effectiveOn: Day;
  categoryId?: number | null;
  facilityId?: string | null;
  reason?: string;
  stepId?: string | null;
  supersedes?: number | null;
  /** Only for history that another system knew before (imports); otherwise the database's clock. */
  recordedAt?: Date;
};

export type NewEvent = LedgerEntry & {
  actingAccountId: string | null;
  actingAssociationId: number | null;
};

/** Writes events of the ledger (insert only); the derived rows follow in the same transaction. */
export async function insertEvents(tx: WriteTransaction, events: readonly NewEvent[]): Promise<void> {
  await tx
    .insertInto('membership_event')
    .values(
      events.map((event) => ({
        person_id: event.personId,
        association_id: event.associationId,
        affiliation_id: event.affiliationId,
        kind: event.kind,
        corrected_kind: event.correctedKind ?? null,
        effective_on: event.effectiveOn,
        category_id: event.categoryId ?? null,
        facility_id: event.facilityId ?? null,
        reason: event.reason ?? '',
        application_step_id: event.stepId ?? null,
        supersedes: event.supersedes ?? null,
        acting_account_id: event.actingAccountId,
        acting_association_id: event.actingAssociationId,
        ...(event.recordedAt === undefined ? {} : { recorded_at: event.recordedAt }),
      })),
    )
    .execute();
}

/** Replaces the derived rows of one person in one association. */
export async function replacePeriods(
  tx: WriteTransaction,
  key: { personId: string; associationId: number },
  periods: readonly Period[],
): Promise<void> {
  const who = { person_id: key.personId, association_id: key.associationId };
  await tx.deleteFrom('membership_phase').where('person_id', '=', key.personId).where('association_id', '=', key.associationId).execute();
  await tx.deleteFrom('membership_period').where('person_id', '=', key.personId).where('association_id', '=', key.associationId).execute();
  if (periods.length === 0) return;
  await tx
    .insertInto('membership_period')
    .values(
      periods.map((period) => ({
        ...who,
        joined_on: period.joinedOn,
        left_on: period.leftOn,
        left_reason: period.leftReason,
        joined_event_id: period.joinedEventId,
        left_event_id: period.leftEventId,
      })),
    )
    .execute();
  await tx
    .insertInto('membership_phase')
    .values(
      periods.flatMap((period) =>
        period.phases.map((phase) => ({
          ...who,
          affiliation_id: phase.affiliationId,
          category_id: phase.categoryId,
          facility_id: phase.facilityId,
          starts_on: phase.startsOn,
          ends_on: phase.endsOn,
          joined_on: period.joinedOn,
          left_on: period.leftOn,
          event_id: phase.eventId,
        })),
      ),
    )
    .execute();
}

export type PeriodRow = { associationId: number; joinedOn: Day; leftOn: Day | null };

/** Membership periods of a person, all associations the actor may see. */
export async function listPeriods(tx: ReadTransaction, personId: string): Promise<PeriodRow[]> {
  return await tx
    .selectFrom('membership_period')
    .select(['association_id as associationId', 'joined_on as joinedOn', 'left_on as leftOn'])
    .where('person_id', '=', personId)
    .orderBy('association_id')
    .orderBy('joined_on')
    .execute();
}

/** Days of membership directly below an association, whoever carries them; empty unless the actor has a running case with the person. */
export async function listPeriodsBelow(
  tx: ReadTransaction,
  personId: string,
  associationId: number,
): Promise<{ joinedOn: Day; leftOn: Day | null }[]> {
  const rows = await sql<{
    joined_on: Day;
    left_on: Day | null;
  }>`SELECT joined_on, left_on FROM periods_below(${personId}, ${associationId})`.execute(tx);
  return rows.rows.map((row) => ({ joinedOn: row.joined_on, leftOn: row.left_on }));
}

export type PhaseRow = {
  associationId: number;
  affiliationId: string;
  categoryId: number;
  categoryName: string;
  facilityId: string | null;
  startsOn: Day;
  endsOn: Day | null;
  joinedOn: Day;
  leftOn: Day | null;
};

/** All phases of a person that the actor may see, newest first. */
export async function listPhases(tx: ReadTransaction, personId: string): Promise<PhaseRow[]> {
  return await tx
    .selectFrom('membership_phase as p')
    .innerJoin('member_category as c', 'c.id', 'p.category_id')
    .select([
      'p.association_id as associationId',
      'p.affiliation_id as affiliationId',
      'p.category_id as categoryId',
      'c.name as categoryName',
      'p.facility_id as facilityId',
      'p.starts_on as startsOn',
      'p.ends_on as endsOn',
      'p.joined_on as joinedOn',
      'p.left_on as leftOn',
    ])
    .where('p.person_id', '=', personId)
    .orderBy('p.starts_on', 'desc')
    .orderBy('p.association_id')
    .limit(1000)
    .execute();
}

export type AffiliationRow = {
  id: string;
  lowestAssociationId: number;
  isPrimary: boolean;
  facilityId: string | null;
  facilityName: string | null;
  workCode: string | null;
  positionCode: string | null;
  positionText: string;
  designations: string[];
  designationText: string;
};

/** Places of work of a person, oldest first. */
export async function listAffiliations(tx: ReadTransaction, personId: string): Promise<AffiliationRow[]> {
  return await tx
    .selectFrom('affiliation as a')
    .leftJoin('facility as f', 'f.id', 'a.facility_id')
    .select([
      'a.id',
      'a.lowest_association_id as lowestAssociationId',
      'a.is_primary as isPrimary',
      'a.facility_id as facilityId',
      'f.name as facilityName',
      'a.work_code as workCode',
      'a.position_code as positionCode',
      'a.position_text as positionText',
      'a.designations',
      'a.designation_text as designationText',
    ])
    .where('a.person_id', '=', personId)
    .orderBy('a.id')
    .limit(100)
    .execute();
}

export type NewAffiliation = {
  id: string;
  personId: string;
  facilityId: string | null;
  lowestAssociationId: number;
  workCode: string;
  positionCode: string;
  positionText: string;
  designations: readonly string[];
  designationText: string;
  /** Associations of the running case: they see the affiliation until the ledger takes over. */
  pendingIds: readonly number[];
};

/** Creates the affiliation of a join; the database makes the first one of a person the primary one (`rules.md 1.4`). */
export async function insertAffiliation(tx: WriteTransaction, row: NewAffiliation): Promise<void> {
  await tx
    .insertInto('affiliation')
    .values({
      id: row.id,
      person_id: row.personId,
      facility_id: row.facilityId,
      lowest_association_id: row.lowestAssociationId,
      work_code: row.workCode,
      position_code: row.positionCode,
      position_text: row.positionText,
      designations: [...row.designations],
      designation_text: row.designationText,
      pending_ids: [...row.pendingIds],
    })
    .execute();
}
