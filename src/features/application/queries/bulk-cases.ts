import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { CaseHeadRow } from '../list-page.store.server.ts';
import { listCaseHeads, listPapers } from '../list-page.store.server.ts';
import { listCases } from '../list.store.server.ts';
import type { Case, LastAct } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { scopeOf } from './inbox.ts';
import type { InboxFilter } from './inbox-filter.ts';

/** Cases chosen for 一括操作, asked by the floor above inside its own transaction (`screens.md O-04`). */

export type BulkCase = {
  head: CaseHeadRow;
  target: Case;
  /** Kinds of the papers handed in. */
  papers: readonly string[];
};

/** So many cases are read at once: the answers follow each other on the wire without waiting. */
const together = 50;

/** The chosen cases in the order given; those out of scope are missing. */
export async function bulkCases(tx: ReadTransaction, ctx: Context, ids: readonly string[]): Promise<BulkCase[]> {
  const heads = new Map((await listCaseHeads(tx, ctx.actor, ids)).map((head) => [head.id, head]));
  const papers = await listPapers(tx, ids);
  const found: BulkCase[] = [];
  for (let from = 0; from < ids.length; from += together) {
    const targets = await Promise.all(ids.slice(from, from + together).map(async (id) => await loadCase(tx, ctx.actor, id)));
    for (const target of targets) {
      const head = target === undefined ? undefined : heads.get(target.id);
      if (target === undefined || head === undefined) continue;
      found.push({ head, target, papers: papers.filter((one) => one.applicationId === target.id).map((one) => one.kind) });
    }
  }
  return found;
}

/** What a list shows of these cases, in scope of the actor, in any order. */
export async function caseHeads(tx: ReadTransaction, ctx: Context, ids: readonly string[]): Promise<CaseHeadRow[]> {
  return await listCaseHeads(tx, ctx.actor, ids);
}

/** Ids of all cases of a list in its order, at most `limit`: 「この条件の{n}件すべてを選択」. */
export async function inboxIds(tx: ReadTransaction, ctx: Context, ask: { filter: InboxFilter; limit: number }): Promise<string[]> {
  const scope = scopeOf(ctx);
  const page = { filter: ask.filter, from: '', backwards: false, limit: ask.limit, dense: false };
  return (await listCases(tx, scope, page)).map((row) => row.id);
}

/** Who did what to a case last, in scope of the actor. */
export async function latestAct(tx: ReadTransaction, ctx: Context, id: string): Promise<LastAct | undefined> {
  return (await loadCase(tx, ctx.actor, id))?.lastAct;
}
