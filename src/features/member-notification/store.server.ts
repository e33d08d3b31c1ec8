import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { Deed, NotificationKind } from './labels.ts';
import type { NewsCase, NewsStep, Telling } from './rules.ts';

/** SQL that writes 会員関連通知: set by set, once for each event and office (`screens.md O-15`). */

type StepRow = Omit<NewsStep, 'leg'> & { leg: string };

function legOf(text: string): NewsStep['leg'] {
  if (text === 'join' || text === 'leave' || text === 'change') return text;
  throw new RangeError(`unknown leg: ${text}`);
}

/** A case as far as news of it need it; as the system, who sees all offices. */
export async function findNewsCase(
  tx: ReadTransaction,
  ask: { applicationId: string; stepId: string; today: Day },
): Promise<(NewsCase & { personId: string }) | undefined> {
  const found = await tx
    .selectFrom('application as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select([
      'a.kind',
      'a.person_id',
      'a.proxy_association_id',
      sql<boolean>`coalesce(a.proxy ->> 'why' = 'missing', false)`.as('missing'),
      'p.died_on',
    ])
    .where('a.id', '=', ask.applicationId)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const steps = await sql<StepRow>`
    SELECT s.id, s.association_id AS "associationId", s.layer, s.leg, s.role, s.decided_on AS "decidedOn", s.decided_category_id AS "categoryAfter",
      (SELECT h.category_id FROM membership_phase h WHERE h.person_id = s.person_id AND h.association_id = s.association_id
        AND h.starts_on < s.decided_on ORDER BY h.starts_on DESC LIMIT 1) AS "categoryBefore"
    FROM application_step s WHERE s.application_id = ${ask.applicationId} AND s.state <> 'skipped' ORDER BY s.ordinal`.execute(tx);
  const acting = steps.rows.find((step) => step.id === ask.stepId);
  return {
    personId: found.person_id,
    kind: found.kind,
    steps: steps.rows.map((step) => ({ ...step, leg: legOf(step.leg) })),
    proxyAssociationId: found.proxy_association_id,
    missing: found.missing,
    diedOn: found.died_on,
    members: await listMemberAssociations(tx, found.person_id, ask.today),
    above: acting === undefined ? [] : await listAbove(tx, acting.associationId, acting.decidedOn ?? ask.today),
  };
}

/** Associations of which a person is, or will be, a member. */
async function listMemberAssociations(tx: ReadTransaction, personId: string, today: Day): Promise<number[]> {
  const rows = await tx
    .selectFrom('membership_period')
    .select('association_id')
    .distinct()
    .where('person_id', '=', personId)
    .where((where) => where.or([where('left_on', 'is', null), where('left_on', '>=', today)]))
    .execute();
  return rows.map((row) => row.association_id);
}

async function listAbove(tx: ReadTransaction, associationId: number, on: Day): Promise<number[]> {
  const found = await sql<{ id: number }>`
    WITH RECURSIVE up AS (
      SELECT v.parent_id AS id FROM association_version v
        WHERE v.association_id = ${associationId} AND v.starts_on <= ${on} AND (v.ends_on IS NULL OR v.ends_on >= ${on})
      UNION ALL
      SELECT v.parent_id FROM up JOIN association_version v ON v.association_id = up.id
        WHERE v.starts_on <= ${on} AND (v.ends_on IS NULL OR v.ends_on >= ${on})
    ) SELECT id FROM up WHERE id IS NOT NULL LIMIT 10`.execute(tx);
  return found.rows.map((row) => row.id);
}

export type Written = { personId: string; applicationId: string; cause: string; at: Date };

/** One row for each office; who was told of this event already is left as he is. */
export async function insertTelling(
  tx: WriteTransaction,
  { source, sourceAssociationId, notices }: Telling,
  about: Written,
): Promise<number> {
  if (notices.length === 0) return 0;
  const written = await tx
    .insertInto('member_notification')
    .values(
      notices.map((one) => ({
        association_id: one.associationId,
        cause: about.cause,
        kind: one.kind,
        deed: one.deed,
        person_id: about.personId,
        application_id: about.applicationId,
        about_association_id: one.aboutId,
        also_association_ids: [...one.also],
        effective_on: one.on,
        before_category_id: one.categoryBefore,
        after_category_id: one.categoryAfter,
        source,
        source_association_id: sourceAssociationId,
        at: about.at,
      })),
    )
    .onConflict((conflict) => conflict.constraint('member_notification_once').doNothing())
    .executeTakeFirst();
  return Number(written.numInsertedOrUpdatedRows ?? 0);
}

export type PersonNews = {
  personId: string;
  kind: NotificationKind;
  deed: Deed;
  fields: readonly string[];
  source: Telling['source'];
  associationId: number | null;
  /** The profile_change that holds before and after. */
  changeId: string | null;
  cause: string;
  at: Date;
  today: Day;
};

/** What concerns the person himself, to every office that has him or a running case of his, but the one that did it. */
export async function insertPersonNews(tx: WriteTransaction, about: PersonNews): Promise<void> {
  await sql`
    INSERT INTO member_notification (association_id, cause, kind, deed, person_id, fields, profile_change_id, source, source_association_id, at)
    SELECT DISTINCT o.id, ${about.cause}, ${about.kind}, ${about.deed}, ${about.personId}::uuid, ${sql.val([...about.fields])}::text[], ${about.changeId}::uuid,
      ${about.source}, ${about.associationId}::int, ${about.at}::timestamptz
    FROM (
      SELECT m.association_id AS id FROM membership_period m
        WHERE m.person_id = ${about.personId} AND (m.left_on IS NULL OR m.left_on >= ${about.today})
      UNION SELECT s.association_id FROM application_step s WHERE s.person_id = ${about.personId} AND s.open
    ) o WHERE o.id IS DISTINCT FROM ${about.associationId}::int
    ON CONFLICT ON CONSTRAINT member_notification_once DO NOTHING`.execute(tx);
}

export type AssociationNews = {
  associationId: number;
  /** How many more associations the same file changed. */
  more: number;
  deed: 'infoChanged' | 'masterChanged' | 'openingWithdrawn' | 'settingsChanged' | 'settingsWithdrawn';
  on: Day | null;
  /** The office that did it. */
  source: number;
  /** Every office, or those above and below. */
  everybody: boolean;
  cause: string;
  at: Date;
  today: Day;
};

/** 医師会情報の変更 to the offices above and below an association, or to all. */
export async function insertAssociationNews(tx: WriteTransaction, news: AssociationNews): Promise<void> {
  const inForce = sql`v.starts_on <= ${news.today} AND (v.ends_on IS NULL OR v.ends_on >= ${news.today})`;
  const around = sql`SELECT id FROM up UNION SELECT id FROM down`;
  const all = sql`SELECT v.association_id AS id FROM association_version v WHERE ${inForce}`;
  await sql`
    WITH RECURSIVE up AS (
      SELECT v.association_id AS id, v.parent_id FROM association_version v WHERE v.association_id = ${news.associationId} AND ${inForce}
      UNION ALL SELECT v.association_id, v.parent_id FROM up JOIN association_version v ON v.association_id = up.parent_id WHERE ${inForce}
    ), down AS (
      SELECT v.association_id AS id FROM association_version v WHERE v.association_id = ${news.associationId} AND ${inForce}
      UNION ALL SELECT v.association_id FROM down JOIN association_version v ON v.parent_id = down.id WHERE ${inForce}
    )
    INSERT INTO member_notification (association_id, cause, kind, deed, about_association_id, more_associations, effective_on, source, source_association_id, at)
    SELECT DISTINCT o.id, ${news.cause}, 'association', ${news.deed}, ${news.associationId}::int, ${news.more}::int, ${news.on}::date, 'office', ${news.source}::int, ${news.at}::timestamptz
    FROM (${news.everybody ? all : around}) o WHERE o.id <> ${news.source}
      AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = o.id AND z.closes_on < ${news.today})
    ON CONFLICT ON CONSTRAINT member_notification_once DO NOTHING`.execute(tx);
}

const effectDeeds = sql`CASE coalesce(e.corrected_kind, e.kind) WHEN 'joined' THEN 'joined' WHEN 'left' THEN 'left' WHEN 'category_changed' THEN 'categoryChanged' ELSE 'moved' END`;

/**
 * 効力発生 of the days from `from` to `to` to the association whose membership it is. What was decided on the day itself or
 * after it has been told by the decision.
 */
export async function insertEffects(tx: WriteTransaction, ask: { from: Day; to: Day; at: Date }): Promise<number> {
  const done = await sql`
    INSERT INTO member_notification (association_id, cause, kind, deed, person_id, application_id, about_association_id, effective_on,
      before_category_id, after_category_id, source, at)
    SELECT e.association_id, 'effect:' || e.id, 'effective', ${effectDeeds}, e.person_id, s.application_id, e.association_id, e.effective_on,
      (SELECT h.category_id FROM membership_phase h WHERE h.person_id = e.person_id AND h.association_id = e.association_id
        AND h.starts_on < e.effective_on ORDER BY h.starts_on DESC LIMIT 1), e.category_id, 'system', ${ask.at}::timestamptz
    FROM membership_event e JOIN application_step s ON s.id = e.application_step_id
    WHERE e.effective_on BETWEEN ${ask.from} AND ${ask.to} AND e.application_step_id IS NOT NULL
      AND e.kind <> 'annulled' AND NOT EXISTS (SELECT FROM membership_event x WHERE x.supersedes = e.id)
      AND (coalesce(CASE WHEN s.state = 'approved' THEN s.decided_at END,
        (SELECT max(d.decided_at) FROM application_step d WHERE d.application_id = s.application_id)) AT TIME ZONE 'Asia/Tokyo')::date < e.effective_on
    ON CONFLICT ON CONSTRAINT member_notification_once DO NOTHING`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

/** 研修修了 within the days of notice, to every association that has the trainee. */
export async function insertTrainingEnds(tx: WriteTransaction, ask: { month: string; endsOn: Day; at: Date }): Promise<void> {
  await sql`
    INSERT INTO member_notification (association_id, cause, kind, deed, person_id, effective_on, before_category_id, source, at)
    SELECT DISTINCT ON (h.association_id, h.person_id) h.association_id, 'training:' || p.id || ':' || ${ask.month}, 'ending', 'trainingEnds',
      p.id, ${ask.endsOn}::date, h.category_id, 'system', ${ask.at}::timestamptz
    FROM person p JOIN membership_phase h ON h.person_id = p.id JOIN member_category c ON c.id = h.category_id AND c.trainee
    WHERE p.training_ends_on = ${ask.month} AND p.died_on IS NULL AND h.ends_on IS NULL
    ORDER BY h.association_id, h.person_id
    ON CONFLICT ON CONSTRAINT member_notification_once DO NOTHING`.execute(tx);
}

/**
 * 会費免除 that ends with the fiscal year (`rules.md 6`): members of the JMA who graduated within these months and whose training
 * is over by then; to every association that has them.
 */
export async function insertWaiverEnds(tx: WriteTransaction, ask: { from: string; to: string; endsOn: Day; at: Date }): Promise<void> {
  await sql`
    INSERT INTO member_notification (association_id, cause, kind, deed, person_id, effective_on, source, at)
    SELECT DISTINCT m.association_id, 'waiver:' || p.id || ':' || ${ask.endsOn}, 'ending', 'waiverEnds', p.id,
      ${ask.endsOn}::date, 'system', ${ask.at}::timestamptz
    FROM person p JOIN membership_period m ON m.person_id = p.id AND m.left_on IS NULL
    WHERE p.graduated_on BETWEEN ${ask.from} AND ${ask.to} AND p.died_on IS NULL
      AND (p.training_ends_on IS NULL OR p.training_ends_on <= left(${ask.endsOn}, 7))
      AND EXISTS (SELECT FROM membership_period j JOIN association a ON a.id = j.association_id AND a.layer = 1
        WHERE j.person_id = p.id AND j.left_on IS NULL)
    ON CONFLICT ON CONSTRAINT member_notification_once DO NOTHING`.execute(tx);
}
