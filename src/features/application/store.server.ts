import type { Actor } from '#kernel/actor.ts';
import { rowScopeOf } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant, daysBetween } from '#kernel/day.ts';
import type { DB, Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { applicationFlow, decideFlow, isApplicationKind, isLeg, isStepRole } from './flow.ts';
import { texts } from './messages.ts';
import type { ProxyFacts } from './proxy-facts.ts';

/** SQL of the running case: loading it under lock and moving it. Lists and screens have stores of their own. */

export type CaseStep = {
  id: string;
  associationId: number;
  associationName: string;
  layer: number;
  ordinal: number;
  leg: Leg;
  role: StepRole;
  state: StepState;
  categoryId: number | null;
  decidedOn: Day | null;
  decidedCategoryId: number | null;
  settingsVersion: number;
  /** When the case last came to this office; null before. */
  arrivedAt: Date | null;
};

export type LastAct = { actorName: string; officeName: string; at: Date; action: string };

export type Case = {
  id: string;
  number: string | null;
  kind: ApplicationKind;
  state: ApplicationState;
  personId: string;
  affiliationId: string | null;
  form: unknown;
  wishedOn: Day | null;
  proxyAssociationId: number | null;
  /** The ground of a proxy application, as stored. */
  proxy: unknown;
  /** 所在不明: from this day it may be decided; with the number of days it was held. */
  held: { until: Day; days: number } | undefined;
  /** When the doctor said that it is none of his. */
  objectedAt: Date | null;
  attention: boolean;
  visibleTo: number[];
  version: number;
  steps: CaseStep[];
  lastAct: LastAct | undefined;
};

function unknown(text: string): never {
  throw new RangeError(`unknown code in the database: ${text}`);
}

/** A stored state of a case. @throws when the flow does not know it */
export function stateOf(text: string): ApplicationState {
  return applicationFlow.isState(text) ? text : unknown(text);
}

/** A stored state of a step. @throws when the flow does not know it */
export function stepStateOf(text: string): StepState {
  return decideFlow.isState(text) ? text : unknown(text);
}

/** A stored kind of application. @throws when it is unknown */
export function kindOf(text: string): ApplicationKind {
  return isApplicationKind(text) ? text : unknown(text);
}

/** A stored role of a step. @throws when it is unknown */
export function roleOf(text: string): StepRole {
  return isStepRole(text) ? text : unknown(text);
}

/** A stored leg of a step. @throws when it is unknown */
export function legOf(text: string): Leg {
  return isLeg(text) ? text : unknown(text);
}

/** The SQL twin of `policy.maySee`: applications that an actor may see; used by every list besides row-level security. */
export function visibleTo(actor: Actor) {
  const scope = rowScopeOf(actor);
  return (where: ExpressionBuilder<DB & { a: DB['application'] }, 'a'>): Expression<SqlBool> => {
    if (scope.scope === 'all') return sql<boolean>`true`;
    if (scope.scope === 'none') return sql<boolean>`false`;
    const ownPaper = sql<boolean>`(a.state <> 'draft' OR a.proxy_association_id IS NULL)`;
    if (scope.personId !== '') return where.and([where('a.person_id', '=', scope.personId), ownPaper]);
    const sees = sql<boolean>`a.visible_to && ${sql.val([...scope.associationIds])}::int[]`;
    const entered = sql<boolean>`a.proxy_association_id = ANY (${sql.val([...scope.associationIds])}::int[])`;
    return where.and([sees, where.or([where('a.state', '<>', 'draft'), entered])]);
  };
}

/** The person of an application in scope, to lock him before it. */
export async function findPersonOf(tx: ReadTransaction, actor: Actor, id: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('application as a')
    .select('a.person_id')
    .where('a.id', '=', id)
    .where(visibleTo(actor))
    .executeTakeFirst();
  return row?.person_id;
}

async function loadSteps(tx: ReadTransaction, id: string): Promise<CaseStep[]> {
  const rows = await tx
    .selectFrom('application_step as s')
    .innerJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 's.association_id').on('v.ends_on', 'is', null))
    .select([
      's.id',
      's.association_id',
      'v.name',
      's.layer',
      's.ordinal',
      's.leg',
      's.role',
      's.state',
      's.category_id',
      's.decided_on',
      's.decided_category_id',
      's.settings_version',
      's.arrived_at',
    ])
    .where('s.application_id', '=', id)
    .orderBy('s.ordinal')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    associationId: row.association_id,
    associationName: row.name,
    layer: row.layer,
    ordinal: row.ordinal,
    leg: legOf(row.leg),
    role: roleOf(row.role),
    state: stepStateOf(row.state),
    categoryId: row.category_id,
    decidedOn: row.decided_on,
    decidedCategoryId: row.decided_category_id,
    settingsVersion: row.settings_version,
    arrivedAt: row.arrived_at,
  }));
}

async function findLastAct(tx: ReadTransaction, id: string): Promise<LastAct | undefined> {
  const row = await tx
    .selectFrom('application_action as x')
    .leftJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 'x.association_id').on('v.ends_on', 'is', null))
    .select(['x.actor_name', 'v.name', 'x.at', 'x.action'])
    .where('x.application_id', '=', id)
    .orderBy('x.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { actorName: row.actor_name, officeName: row.name ?? texts.applicant, at: row.at, action: row.action };
}

function heldOf(row: { held_until: Day | null; submitted_at: Date | null }): Case['held'] {
  if (row.held_until === null || row.submitted_at === null) return undefined;
  return { until: row.held_until, days: daysBetween(dayOfInstant(row.submitted_at), row.held_until) };
}

/** The case with its steps as it stands now, if the actor may see it. */
export async function loadCase(tx: ReadTransaction, actor: Actor, id: string): Promise<Case | undefined> {
  const row = await tx.selectFrom('application as a').selectAll('a').where('a.id', '=', id).where(visibleTo(actor)).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    number: row.number,
    kind: kindOf(row.kind),
    state: stateOf(row.state),
    personId: row.person_id,
    affiliationId: row.affiliation_id,
    form: row.form,
    wishedOn: row.wished_on,
    proxyAssociationId: row.proxy_association_id,
    proxy: row.proxy,
    held: heldOf(row),
    objectedAt: row.objected_at,
    attention: row.attention,
    visibleTo: row.visible_to,
    version: row.version,
    steps: await loadSteps(tx, id),
    lastAct: await findLastAct(tx, id),
  };
}

/** A new draft without number, steps and papers; `proxy` when an office enters it for the doctor. */
export async function insertDraft(
  tx: WriteTransaction,
  draft: {
    id: string;
    kind: ApplicationKind;
    personId: string;
    form: Json;
    at: Date;
    proxy?: { associationId: number; facts: ProxyFacts };
  },
): Promise<void> {
  await tx
    .insertInto('application')
    .values({
      id: draft.id,
      kind: draft.kind,
      state: 'draft',
      person_id: draft.personId,
      form: JSON.stringify(draft.form),
      created_at: draft.at,
      updated_at: draft.at,
      ...(draft.proxy === undefined ? {} : { proxy_association_id: draft.proxy.associationId, proxy: JSON.stringify(draft.proxy.facts) }),
    })
    .execute();
}

type ApplicationChange = {
  state?: ApplicationState;
  form?: unknown;
  wishedOn?: Day | null;
  affiliationId?: string;
  /** Null opens the case again. */
  closedAt?: Date | null;
  attention?: boolean;
  attentionReason?: string;
  /** Marks the case by itself: what somebody wrote before stays in front of it. */
  alsoAttention?: string;
  proxy?: ProxyFacts;
  objectedAt?: Date;
  /** The entry of a death that has ended the case; null where it goes on. */
  endedBy?: string | null;
};

/** The reason that stands already with another one behind it, each once. */
function joinedReason(more: string) {
  return sql<string>`CASE WHEN position(${more} in attention_reason) > 0 THEN attention_reason
    ELSE left(concat_ws(' ', NULLIF(attention_reason, ''), ${more}::text), 200) END`;
}

/** Moves the application, guarded by the version that the decision was made on; false when somebody was faster. */
export async function updateApplication(
  tx: WriteTransaction,
  at: { id: string; version: number; now: Date },
  change: ApplicationChange,
): Promise<boolean> {
  const done = await tx
    .updateTable('application')
    .set((expression) => ({
      version: expression('version', '+', 1),
      updated_at: at.now,
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.form === undefined ? {} : { form: JSON.stringify(change.form) }),
      ...(change.wishedOn === undefined ? {} : { wished_on: change.wishedOn }),
      // From now on the case stands in the way of every other one for this affiliation (`rules.md 3.11`).
      ...(change.affiliationId === undefined ? {} : { affiliation_id: change.affiliationId, open_key: change.affiliationId }),
      ...(change.closedAt === undefined ? {} : { closed_at: change.closedAt }),
      ...(change.proxy === undefined ? {} : { proxy: JSON.stringify(change.proxy) }),
      ...(change.objectedAt === undefined ? {} : { objected_at: change.objectedAt }),
      ...(change.endedBy === undefined ? {} : { ended_by: change.endedBy }),
      ...(change.attention === undefined ? {} : { attention: change.attention, attention_reason: change.attentionReason ?? '' }),
      ...(change.alsoAttention === undefined ? {} : { attention: true, attention_reason: joinedReason(change.alsoAttention) }),
    }))
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
