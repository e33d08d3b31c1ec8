import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant, startOfDay } from '#kernel/day.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { listPapers } from './list-page.store.server.ts';
import type { PastCase, PastStep } from './settings-trial.ts';
import { kindOf, legOf, roleOf, stepStateOf, visibleTo } from './store.server.ts';

/** SQL of 過去1年の申請で試す (`screens.md O-21`): the newest cases of one association, by the index of its list. */

export type PastAsk = { actor: Actor; associationId: number; from: Day; limit: number };

/** Our own step of every case sent since a day, newest first; a correction asks for 確認 beside it and is no step of its own. */
async function listOwnSteps(tx: ReadTransaction, { actor, associationId, from, limit }: PastAsk) {
  return await tx
    .selectFrom('application_step as s')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select([
      'a.id',
      'a.number',
      'a.kind',
      'a.wished_on as wishedOn',
      'a.proxy_association_id as proxyAssociationId',
      's.association_id as associationId',
      's.submitted_at as submittedAt',
      's.layer',
      's.leg',
      's.role',
      's.state',
      's.decided_on as decidedOn',
      's.decided_at as decidedAt',
      's.received_at as receivedAt',
      's.clock_from as clockFrom',
      's.settings_version as settingsVersion',
      sql<string | null>`a.form ->> 'ground'`.as('ground'),
      sql<string | null>`a.form -> 'details' ->> 'leaveOn'`.as('leaveOn'),
    ])
    .where('s.association_id', '=', associationId)
    .where('s.submitted_at', '>=', startOfDay(from))
    .where(visibleTo(actor))
    .where(
      sql<boolean>`NOT (s.role = 'acknowledge' AND EXISTS (SELECT FROM application_step o
        WHERE o.application_id = s.application_id AND o.association_id = s.association_id AND o.ordinal < s.ordinal))`,
    )
    .orderBy('s.submitted_at', 'desc')
    .orderBy('s.application_id', 'desc')
    .limit(limit)
    .execute();
}

type OwnRow = Awaited<ReturnType<typeof listOwnSteps>>[number];

async function listSteps(tx: ReadTransaction, ids: readonly string[]): Promise<Map<string, PastStep[]>> {
  const found = new Map<string, PastStep[]>();
  if (ids.length === 0) return found;
  const rows = await tx
    .selectFrom('application_step')
    .select(['application_id as id', 'association_id as associationId', 'layer', 'leg', 'role', 'decided_on as decidedOn'])
    .where('application_id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .orderBy('application_id')
    .orderBy('ordinal')
    .execute();
  for (const { id, leg, role, ...row } of rows) {
    found.set(id, [...(found.get(id) ?? []), { ...row, leg: legOf(leg), role: roleOf(role) }]);
  }
  return found;
}

function ownOf(row: OwnRow): PastCase['own'] {
  const role = roleOf(row.role);
  const doneAt = role === 'receive' ? row.receivedAt : row.decidedAt;
  return {
    associationId: row.associationId,
    layer: row.layer,
    leg: legOf(row.leg),
    role,
    state: stepStateOf(row.state),
    decidedOn: row.decidedOn,
    settingsVersion: row.settingsVersion,
    clockFrom: row.clockFrom,
    doneOn: doneAt === null ? undefined : dayOfInstant(doneAt),
  };
}

/** The newest cases since a day with what their treatment depends on, at most `limit`; no names. */
export async function listPastCases(tx: ReadTransaction, ask: PastAsk): Promise<PastCase[]> {
  const rows = await listOwnSteps(tx, ask);
  const ids = rows.map((row) => row.id);
  const steps = await listSteps(tx, ids);
  const papers = new Map<string, string[]>();
  for (const { applicationId, kind } of await listPapers(tx, ids)) papers.set(applicationId, [...(papers.get(applicationId) ?? []), kind]);
  return rows.map((row) => ({
    id: row.id,
    number: row.number ?? '',
    kind: kindOf(row.kind),
    ground: row.ground === 'death' || row.ground === 'missing' ? row.ground : undefined,
    proxyAssociationId: row.proxyAssociationId,
    submittedOn: dayOfInstant(row.submittedAt),
    wishedOn: row.wishedOn,
    leaveOn: row.leaveOn === null ? undefined : parseDayInput(row.leaveOn),
    steps: steps.get(row.id) ?? [],
    own: ownOf(row),
    papers: papers.get(row.id) ?? [],
  }));
}
