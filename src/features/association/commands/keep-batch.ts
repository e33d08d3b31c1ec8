import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Batch } from '../batch.store.server.ts';
import { burdensOf, findBatch, insertBatch, listBatchChanges, moveChanges } from '../batch.store.server.ts';
import { awaitsDay, awaitsOpening, changeFlow, mayWithdraw } from '../flow.ts';
import { codeOf } from '../labels.ts';
import { allMaster, listWholeMaster } from '../master-list.store.server.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { changeIdInput, dueBatchInput, proposeBatchInput } from '../master-schema.ts';
import type { LineChange } from '../master-sheet.ts';
import type { Change, NewChange } from '../master.store.server.ts';
import { carryIntoTree } from '../master.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import type { KeptOpening } from '../opening.store.server.ts';
import { insertOpenings, listOpenings } from '../opening.store.server.ts';
import { announced, closed, endTold, stands } from './carry-change.ts';
import { judgeBatch } from './judge-batch.ts';
import { openingsNow } from './judge-openings.ts';
import { forgetOpenings, openAll } from './open-all.ts';

/**
 * CSVで一括更新 (`screens.md J-02`): one person enters a file, a second one reserves it whole, each line takes effect on its day. New
 * associations are opened together with the reservation, as by 新規登録, from their 設立日 on.
 */

const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));

/** The lock of a file; of `new` while one is entered. */
export const batchLock = (id: string) => [{ kind: 'association' as const, id: `master:batch:${id}` }];

function rowOf({ present, ...line }: LineChange, by: Batch): NewChange {
  const { kind, name, kana, parentId, associationKind, prefectureCode, certainty, startsOn, before } = line;
  return {
    id: newId(),
    associationId: present.id,
    batchId: by.id,
    kind,
    name,
    kana,
    parentId,
    associationKind,
    prefectureCode,
    certainty,
    startsOn,
    before: Object.fromEntries(Object.entries(before).filter(([, text]) => text !== undefined)),
    reason: by.reason,
    proposedBy: by.proposedBy,
    proposedName: by.proposedName,
    proposedAt: by.proposedAt,
    requestId: null,
  };
}

/** 入力を確定する: all lines of a file without a fault, or none. */
export const proposeBatch = command({
  name: 'association.proposeBatch',
  input: proposeBatchInput,
  locks: async () => await Promise.resolve(batchLock('new')),
  load: async (tx, { text }, ctx) => (mayKeepMaster(ctx.actor) ? await judgeBatch(tx, ctx, text) : undefined),
  allow: keepersOnly,
  decide: (ctx, { broken, faults, changes, openings }) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined) return refuse('forbidden');
    if (broken !== undefined) return refuse('invalid', { message: broken });
    if (faults.length > 0) return refuse('conflict', { message: texts.faulty(new Set(faults.map((fault) => fault.line)).size) });
    const rows = changes.length + openings.length;
    return rows === 0 ? refuse('conflict', { message: texts.allSame }) : accepted({ changes, openings, rows, accountId });
  },
  save: async (tx, { ctx, decision: { changes, openings, rows, accountId }, input: { reason } }) => {
    const by = { proposedBy: accountId, proposedName: actorName(ctx.actor), proposedAt: ctx.now };
    const batch: Batch = { id: newId(), rows, reason, ...by };
    await insertBatch(
      tx,
      batch,
      changes.map((change) => rowOf(change, batch)),
    );
    await insertOpenings(
      tx,
      batch,
      openings.map((opening) => ({ ...opening, id: newId() })),
    );
    return {
      value: { id: batch.id },
      audit: { action: 'association.proposeBatch', target: batch.id, detail: { rows, openings: openings.length } },
      events: [],
    };
  },
  constraints: {
    association_change_open: () => refuse('conflict', { message: texts.changeOpen }),
    association_opening_open: () => refuse('conflict', { message: texts.codeWaiting }),
  },
});

export type JudgedChange = { change: Change; name: string; verdict: Outcome<Change> };

/** The changes of a file beside what their associations are by now. */
async function judgedChanges(tx: ReadTransaction, ctx: Context, changes: readonly Change[]): Promise<JudgedChange[]> {
  const present = new Map((await listWholeMaster(tx, allMaster, ctx.today)).map((row) => [row.id, row]));
  const burdens = await burdensOf(
    tx,
    changes.map((change) => ({ id: change.associationId, on: change.startsOn })),
  );
  return changes.flatMap((change): JudgedChange[] => {
    const row = present.get(change.associationId);
    const burden = burdens.get(change.associationId);
    if (row === undefined || burden === undefined) return [];
    return [{ change, name: row.name, verdict: stands({ change, present: row, target: undefined, burden, unmapped: 0 }) }];
  });
}

/** The day of lines of a file: the tree changes, and every office is told once, with the number. */
async function carryOutLines(tx: WriteTransaction, ctx: Context, changes: readonly Change[]) {
  for (const change of changes) await carryIntoTree(tx, change, ctx.now);
  await moveChanges(
    tx,
    changes.map((change) => change.id),
    { state: 'done', by: actorName(ctx.actor), at: ctx.now },
  );
  const days = Map.groupBy(changes, (change) => change.startsOn);
  return [
    ...[...days].flatMap(([startsOn, [first, ...more]]) =>
      first === undefined ? [] : [announced(first.associationId, startsOn, more.length)],
    ),
    ...changes.flatMap(closed),
  ];
}

/** One line of the record for each association, as by any other change. */
function notesOf(changes: readonly Change[]): AuditNote[] {
  return changes.map(({ id, kind, startsOn, associationId, before }) => ({
    action: 'association.carryOutChange',
    target: id,
    detail: { kind, startsOn, association: codeOf(associationId), columns: Object.keys(before).join(',') },
  }));
}

async function loadBatch(tx: ReadTransaction, id: string, ctx: Context) {
  const batch = await findBatch(tx, id);
  if (batch === undefined) return undefined;
  const openings = await listOpenings(tx, id);
  const waiting = openings.filter((one) => awaitsOpening(one.state));
  const judged = await judgedChanges(tx, ctx, await listBatchChanges(tx, id));
  return { batch, judged, openings, against: await openingsNow(tx, waiting, ctx.today) };
}

/** Everything of it has been reserved, opened or taken back already. */
function isSettled(changes: readonly Change[], openings: readonly KeptOpening[]): boolean {
  return (
    changes.some((change) => changeFlow.next(change.state, 'reserve') === undefined) || openings.some((one) => !awaitsOpening(one.state))
  );
}

/** 予約する by a second person, the whole file; lines that begin today are carried out at once. */
export const reserveBatch = command({
  name: 'association.reserveBatch',
  input: changeIdInput,
  locks: async (_tx, { id }) => await Promise.resolve(batchLock(id)),
  load: async (tx, { id }, ctx) => (mayKeepMaster(ctx.actor) ? await loadBatch(tx, id, ctx) : undefined),
  allow: keepersOnly,
  decide: (ctx, { batch, judged, openings, against }) => {
    const changes = judged.map((one) => one.change);
    if (isSettled(changes, openings)) return refuse('conflict', { message: texts.settled });
    if (batch.proposedBy === actingAccount(ctx.actor)) return refuse('forbidden', { message: texts.samePerson });
    if (changes.some((change) => change.startsOn < ctx.today)) return refuse('conflict', { message: texts.dayPassed });
    for (const { change, name, verdict } of judged)
      if (!verdict.ok) return refuse('conflict', { message: `${codeOf(change.associationId)} ${name}:${verdict.refusal.message}` });
    const [fault] = against;
    return fault === undefined ? accepted(changes) : refuse('conflict', { message: fault });
  },
  save: async (tx, { ctx, target: { openings }, decision: changes, input: { id } }) => {
    const opened = await openAll(tx, ctx, openings);
    await moveChanges(
      tx,
      changes.map((change) => change.id),
      { state: 'reserved', by: actorName(ctx.actor), at: ctx.now },
    );
    const now = changes.filter((change) => change.startsOn <= ctx.today);
    const events = now.length === 0 ? [] : await carryOutLines(tx, ctx, now);
    return {
      value: {},
      audit: { action: 'association.reserveBatch', target: id, detail: { rows: changes.length, openings: openings.length } },
      alsoAudit: [...opened.notes, ...notesOf(now)],
      events: [...opened.events, ...events, ...changes.flatMap(endTold)],
    };
  },
  constraints: {
    association_pkey: () => refuse('conflict', { message: texts.codeTaken }),
    association_code_key: () => refuse('conflict', { message: texts.codeTaken }),
  },
});

/** 取り消す: every line whose day has not come. */
export const withdrawBatch = command({
  name: 'association.withdrawBatch',
  input: changeIdInput,
  locks: async (_tx, { id }) => await Promise.resolve(batchLock(id)),
  load: async (tx, { id }) =>
    (await findBatch(tx, id)) === undefined ? undefined : { changes: await listBatchChanges(tx, id), openings: await listOpenings(tx, id) },
  allow: keepersOnly,
  decide: (_ctx, { changes, openings }) => {
    const open = changes.filter((change) => mayWithdraw(change.state));
    const unopened = openings.filter((one) => awaitsOpening(one.state));
    return open.length + unopened.length === 0 ? refuse('conflict', { message: texts.settled }) : accepted({ open, unopened });
  },
  save: async (tx, { ctx, decision: { open, unopened }, input: { id } }) => {
    await forgetOpenings(tx, ctx, unopened);
    await moveChanges(
      tx,
      open.map((change) => change.id),
      { state: 'withdrawn', by: actorName(ctx.actor), at: ctx.now },
    );
    const audit = { action: 'association.withdrawBatch', target: id, detail: { rows: open.length + unopened.length } };
    return { value: {}, audit, events: open.filter((change) => awaitsDay(change.state)).flatMap(endTold) };
  },
});

/** The day of a file's lines. Where something has come between since, the line stays reserved and is counted as stopped. */
export const carryOutBatch = command({
  name: 'association.carryOutBatch',
  input: dueBatchInput,
  locks: async (_tx, { id }) => await Promise.resolve(batchLock(id)),
  load: async (tx, { id, startsOn }, ctx) => {
    const changes = (await listBatchChanges(tx, id)).filter((change) => awaitsDay(change.state) && change.startsOn === startsOn);
    return await judgedChanges(tx, ctx, changes);
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, judged, { startsOn }) => {
    const ready = judged.flatMap(({ verdict }) => (verdict.ok ? [verdict.value] : []));
    return ready.length === 0 || startsOn > ctx.today ? refuse('conflict', { message: texts.settled }) : accepted(ready);
  },
  save: async (tx, { ctx, target, decision: changes, input: { id, startsOn } }) => ({
    value: { stopped: target.length - changes.length },
    audit: { action: 'association.carryOutBatch', target: id, detail: { startsOn, rows: changes.length } },
    alsoAudit: notesOf(changes),
    events: await carryOutLines(tx, ctx, changes),
  }),
});
