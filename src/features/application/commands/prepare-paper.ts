import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Person } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import type { ApplicationKind } from '../flow.ts';
import { withdrawalDraft } from '../forms.ts';
import { insertOriginal } from '../papers.store.server.ts';
import type { ProxyFacts } from '../proxy-facts.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import type { ShownPaper } from '../shown-papers.ts';
import type { Case } from '../store.server.ts';
import { insertDraft } from '../store.server.ts';
import { judgeWithdrawal } from './judge-withdrawal.ts';
import { rivalRefusal } from './origin.ts';
import { sendLeave } from './send-leave.ts';
import type { Sent } from './send-off.ts';
import { decideChange, loadChange, sendChange } from './submit-change.ts';
import { decideJoin, loadJoin, sendJoin } from './submit-join.ts';
import { decideTransfer, loadTransfer, sendTransfer } from './submit-transfer.ts';

/**
 * A paper that an office enters in one go, without the pages between (`screens.md O-10`: CSVで代理申請). It is judged by the rules
 * of those pages as if it were a draft, and kept and sent only afterwards.
 */

export type EnteredPaper = { person: Person; kind: ApplicationKind; form: unknown; facts: ProxyFacts };

export type PreparedPaper = EnteredPaper & {
  id: string;
  /** 提出書類 that are asked for: their originals are seen at the office. */
  papers: readonly ShownPaper[];
  send: (tx: WriteTransaction) => Promise<Sent>;
};

type Sendable = (tx: WriteTransaction) => Promise<Sent>;

/** The draft that is not kept yet. */
function draftOf(ctx: Context, id: string, { person, kind, form, facts }: EnteredPaper): Case {
  return {
    id,
    number: null,
    kind,
    state: 'draft',
    personId: person.id,
    affiliationId: null,
    form,
    wishedOn: null,
    proxyAssociationId: actingAssociation(ctx.actor) ?? null,
    proxy: facts,
    held: undefined,
    objectedAt: null,
    attention: false,
    visibleTo: [],
    version: 1,
    steps: [],
    lastAct: undefined,
  };
}

/** Papers are seen as originals: none is missing. */
const withoutPapers = { papers: [] };

async function judged(tx: ReadTransaction, ctx: Context, { target, person }: { target: Case; person: Person }): Promise<Outcome<Sendable>> {
  switch (target.kind) {
    case 'withdrawal':
      return await judgedLeave(tx, ctx, { target, person });
    case 'join': {
      const found = await loadJoin(tx, ctx, target);
      if (found === undefined) return refuse('invalid');
      const loaded = { ...found, around: { ...found.around, ...withoutPapers } };
      const decision = decideJoin(ctx, loaded, { followsId: '' });
      return decision.ok
        ? accepted(async (write: WriteTransaction) => await sendJoin(write, ctx, { loaded, decision: decision.value }))
        : decision;
    }
    case 'change': {
      const found = await loadChange(tx, ctx, target);
      if (found === undefined) return refuse('invalid');
      const loaded = { ...found, around: { ...found.around, ...withoutPapers } };
      const decision = decideChange(ctx, loaded);
      return decision.ok
        ? accepted(async (write: WriteTransaction) => await sendChange(write, ctx, { loaded, decision: decision.value }))
        : decision;
    }
    case 'transfer': {
      const found = await loadTransfer(tx, ctx, target);
      if (found === undefined) return refuse('invalid');
      const loaded = { ...found, around: { ...found.around, ...withoutPapers } };
      const decision = decideTransfer(ctx, loaded);
      return decision.ok
        ? accepted(async (write: WriteTransaction) => await sendTransfer(write, ctx, { loaded, decision: decision.value }))
        : decision;
    }
  }
}

async function judgedLeave(
  tx: ReadTransaction,
  ctx: Context,
  { target, person }: { target: Case; person: Person },
): Promise<Outcome<Sendable>> {
  const form = withdrawalDraft.parse(target.form);
  const around = await loadWithdrawalAround(tx, ctx, { personId: person.id, target });
  const rival = around.affiliations.find((one) => one.id === form.affiliationId)?.rivalId;
  if (rival !== undefined) return rivalRefusal(ctx, rival);
  const leaving = judgeWithdrawal(around, { form, ...withoutPapers, today: ctx.today });
  if (!leaving.ok) return leaving;
  const { settings } = around;
  return accepted(
    async (write: WriteTransaction) =>
      await sendLeave(write, ctx, { target, person, form, leaving: leaving.value, settings, heldUntil: undefined }),
  );
}

/** Everything that is wrong with the paper, or what is needed to keep and send it in this transaction. */
export async function preparePaper(tx: ReadTransaction, ctx: Context, paper: EnteredPaper): Promise<Outcome<PreparedPaper>> {
  if (paper.person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
  const id = newId();
  const target = draftOf(ctx, id, paper);
  const send = await judged(tx, ctx, { target, person: paper.person });
  if (!send.ok) return send;
  return accepted({ ...paper, id, papers: await papersOfCase(tx, ctx, target), send: send.value });
}

/** Keeps a prepared paper and sends it off; the originals of its papers count as seen here. */
export async function enterPaper(
  tx: WriteTransaction,
  ctx: Context,
  { prepared, form }: { prepared: PreparedPaper; form: Json },
): Promise<Sent> {
  const { id, kind, person, facts, papers } = prepared;
  const associationId = actingAssociation(ctx.actor);
  const accountId = actingAccount(ctx.actor);
  if (associationId === undefined || accountId === undefined) throw new Error('only an office enters papers');
  await insertDraft(tx, { id, kind, personId: person.id, form, at: ctx.now, proxy: { associationId, facts } });
  for (const paper of papers.filter((one) => one.required)) {
    const seen = { id: newId(), applicationId: id, kind: paper.code, title: paper.title, associationId, accountId };
    await insertOriginal(tx, { ...seen, officerName: actorName(ctx.actor), at: ctx.now });
  }
  return await prepared.send(tx);
}
