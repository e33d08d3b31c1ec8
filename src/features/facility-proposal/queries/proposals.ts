import { associationsById } from '#features/association/queries/directory.ts';
import type { OfficeActor } from '#kernel/actor.ts';
import type { Page } from '#kernel/paging.ts';
import { turnPage } from '#kernel/paging.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { facilityIn } from '../fields.ts';
import type { ProposalState } from '../flow.ts';
import { kindLabels } from '../labels.ts';
import { proposalOffice } from '../policy.ts';
import type { ListTab, ProposalFilter } from '../schema.ts';
import { proposalListInput } from '../schema.ts';
import type { ProposalLine } from '../store.server.ts';
import { listProposals } from '../store.server.ts';

export type ListedProposal = {
  id: string;
  kind: string;
  facility: string;
  address: string;
  office: string;
  at: Date;
  state: ProposalState;
};

export type ProposalList = Page<ListedProposal> & {
  filter: ProposalFilter;
  /** The tab that is shown: the asked one where the office has it. */
  tab: ListTab;
};

/** Staff of offices, 外部委託先 left out. */
export function officesOnly(ctx: Context): true | Refused {
  return proposalOffice(ctx.actor) === undefined ? refuse('forbidden') : true;
}

/** The office that asks; the query has been allowed already. */
export function askingOffice(ctx: Context): OfficeActor {
  const office = proposalOffice(ctx.actor);
  if (office === undefined) throw new Error('a query of offices asked by another');
  return office;
}

/** 都道府県医師会 review, the JMA merges; everybody else sees the own proposals. */
export function tabFor(office: OfficeActor, asked: ListTab): ListTab {
  if (office.layer === 1) return 'merge';
  return office.layer === 2 && asked === 'review' ? 'review' : 'own';
}

type Ask = { tab: ListTab; associationId: number; filter: ProposalFilter };

async function readPage(tx: ReadTransaction, { tab, associationId, filter }: Ask): Promise<Page<ProposalLine>> {
  const openOnly = tab !== 'own' && filter.state === 'open';
  return await turnPage(
    filter,
    async (walk) => await listProposals(tx, { tab, associationId, openOnly, ...walk }),
    (row) => row.id,
  );
}

/** 「北区さくら医院」 or, of duplicates, both names. */
function titleOf(row: ProposalLine): string {
  const name = facilityIn(row.content)?.name ?? row.facility ?? '';
  return row.other === null ? name : `${name} / ${row.other}`;
}

/** 提案の審査, 提案した内容, 重複の統合 (`screens.md O-14, J-06`), newest first. No person is named. */
export const proposalList = query({
  name: 'facility.proposals',
  input: proposalListInput,
  allow: officesOnly,
  read: async (tx, filter, ctx): Promise<ProposalList> => {
    const office = askingOffice(ctx);
    const tab = tabFor(office, filter.tab);
    const page = await withOwnPlans(tx, async () => await readPage(tx, { tab, associationId: office.associationId, filter }));
    const ids = [...new Set(page.rows.map((row) => row.associationId))];
    const names = new Map((await associationsById(tx, ids, ctx.today)).map((one) => [one.id, one.name]));
    const rows = page.rows.map((row) => ({
      id: row.id,
      kind: kindLabels[row.kind],
      facility: titleOf(row),
      address: facilityIn(row.content)?.address ?? row.address ?? '',
      office: names.get(row.associationId) ?? '',
      at: row.proposedAt,
      state: row.state,
    }));
    return { filter, tab, ...page, rows };
  },
  audit: 'nothing',
});
