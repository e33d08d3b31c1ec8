import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { ProposalState } from './flow.ts';
import { proposalStateOf } from './flow.ts';
import type { ProposalKind } from './labels.ts';
import { proposalKinds } from './labels.ts';
import type { ListTab } from './schema.ts';

/** SQL of the proposals for the master of facilities (`screens.md O-14`); row-level security leaves out those of others. */

export type Proposal = {
  id: string;
  kind: ProposalKind;
  facilityId: string | null;
  otherId: string | null;
  content: unknown;
  reason: string;
  associationId: number;
  deciderId: number;
  state: ProposalState;
  version: number;
  proposedName: string;
  proposedAt: Date;
  answer: string;
  decidedName: string;
  decidedAt: Date | null;
  /** Of a merge whose day is set, or has come: which facility stays, the day, who set it. */
  staysId: string | null;
  mergeOn: Day | null;
  plannedBy: string | null;
};

const columns = [
  'p.id',
  'p.kind',
  'p.facility_id as facilityId',
  'p.other_id as otherId',
  'p.content',
  'p.reason',
  'p.association_id as associationId',
  'p.decider_id as deciderId',
  'p.state',
  'p.version',
  'p.proposed_name as proposedName',
  'p.proposed_at as proposedAt',
  'p.answer',
  'p.decided_name as decidedName',
  'p.decided_at as decidedAt',
  'p.stays_id as staysId',
  'p.merge_on as mergeOn',
  'p.planned_by as plannedBy',
] as const;

function kindOf(text: string): ProposalKind {
  const found = proposalKinds.find((kind) => kind === text);
  if (found === undefined) throw new RangeError(`unknown kind of a proposal: ${text}`);
  return found;
}

function typed<T extends { kind: string; state: string }>(row: T) {
  return { ...row, kind: kindOf(row.kind), state: proposalStateOf(row.state) };
}

/** One proposal in scope of the actor. */
export async function findProposal(tx: ReadTransaction, id: string): Promise<Proposal | undefined> {
  const row = await tx.selectFrom('facility_proposal as p').select(columns).where('p.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

export type NewProposal = Pick<
  Proposal,
  'id' | 'kind' | 'facilityId' | 'otherId' | 'content' | 'reason' | 'associationId' | 'deciderId' | 'proposedName' | 'proposedAt'
> & { proposedBy: string; state: ProposalState };

/** Writes a proposal. */
export async function insertProposal(tx: WriteTransaction, row: NewProposal): Promise<void> {
  await tx
    .insertInto('facility_proposal')
    .values({
      id: row.id,
      kind: row.kind,
      facility_id: row.facilityId,
      other_id: row.otherId,
      content: JSON.stringify(row.content),
      reason: row.reason,
      association_id: row.associationId,
      decider_id: row.deciderId,
      state: row.state,
      proposed_by: row.proposedBy,
      proposed_name: row.proposedName,
      proposed_at: row.proposedAt,
    })
    .execute();
}

export type Settling = {
  state: ProposalState;
  version: number;
  answer: string;
  byName: string;
  at: Date;
  /** Of a new facility that was registered. */
  facilityId?: string;
  content?: unknown;
  /** Of a merge: its day, or null where it is taken back. */
  plan?: MergePlan | null;
};

export type MergePlan = { staysId: string; mergeOn: Day; plannedBy: string };

function planColumns(plan: MergePlan | null) {
  return { stays_id: plan?.staysId ?? null, merge_on: plan?.mergeOn ?? null, planned_by: plan?.plannedBy ?? null };
}

/** What became of a proposal. */
export async function settleProposal(tx: WriteTransaction, id: string, to: Settling): Promise<void> {
  await tx
    .updateTable('facility_proposal')
    .set({
      state: to.state,
      version: to.version,
      answer: to.answer,
      decided_name: to.byName,
      decided_at: to.at,
      ...(to.facilityId === undefined ? {} : { facility_id: to.facilityId }),
      ...(to.content === undefined ? {} : { content: JSON.stringify(to.content) }),
      ...(to.plan === undefined ? {} : planColumns(to.plan)),
    })
    .where('id', '=', id)
    .execute();
}

export type ProposalLine = Pick<Proposal, 'id' | 'kind' | 'associationId' | 'state' | 'proposedAt' | 'content'> & {
  facility: string | null;
  address: string | null;
  other: string | null;
};

export type PageAsk = { tab: ListTab; associationId: number; openOnly: boolean; from: string; backwards: boolean; limit: number };

/** Proposals of a tab beyond one of them, nearest first; ids are in the order of their making. */
export async function listProposals(tx: ReadTransaction, ask: PageAsk): Promise<ProposalLine[]> {
  const { tab, associationId, openOnly, from, backwards, limit } = ask;
  const rows = await tx
    .selectFrom('facility_proposal as p')
    .leftJoin('facility as f', 'f.id', 'p.facility_id')
    .leftJoin('facility as o', 'o.id', 'p.other_id')
    .select([
      'p.id',
      'p.kind',
      'p.association_id as associationId',
      'p.state',
      'p.proposed_at as proposedAt',
      'p.content',
      'f.name as facility',
      'f.address',
      'o.name as other',
    ])
    .$if(tab === 'own', (found) => found.where('p.association_id', '=', associationId))
    .$if(tab === 'review', (found) => found.where('p.decider_id', '=', associationId))
    .$if(tab === 'merge', (found) =>
      found.where(
        openOnly ? sql<boolean>`p.state IN ('forwarded', 'planned')` : sql<boolean>`p.state IN ('forwarded', 'planned', 'merged')`,
      ),
    )
    .$if(tab !== 'merge' && openOnly, (found) => found.where('p.state', '=', 'proposed'))
    .$if(from !== '', (found) => found.where('p.id', backwards ? '>' : '<', from))
    .orderBy('p.id', backwards ? 'asc' : 'desc')
    .limit(limit)
    .execute();
  return rows.map(typed);
}

/** True while another merge of one of these facilities waits for its day. */
export async function hasPlannedMerge(tx: ReadTransaction, about: { facilityIds: readonly string[]; exceptId: string }): Promise<boolean> {
  const ids = sql.val([...about.facilityIds]);
  const row = await tx
    .selectFrom('facility_proposal')
    .select('id')
    .where(sql<boolean>`state = 'planned'`)
    .where('id', '<>', about.exceptId)
    .where((where) =>
      where.or([where('facility_id', '=', sql<string>`ANY (${ids}::uuid[])`), where('other_id', '=', sql<string>`ANY (${ids}::uuid[])`)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Merges whose day has come, oldest day first. */
export async function listDueMerges(tx: ReadTransaction, on: Day, most: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('facility_proposal')
    .select('id')
    .where(sql<boolean>`state = 'planned'`)
    .where('merge_on', '<=', on)
    .orderBy('merge_on')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}
