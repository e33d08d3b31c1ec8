import { type Actor, contractorOf } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Page } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { NoticeFile } from '../file.store.server.ts';
import { findFile, listFiles } from '../file.store.server.ts';
import { isRunning } from '../flow.ts';
import type { PublicLine, ReaderFacets, ReaderKind, ReaderLine } from '../reader.store.server.ts';
import { facetsForReader, hasRead, listForReader, listNewest, listPublic } from '../reader.store.server.ts';
import type { ReaderFilter } from '../schema.ts';
import { fileInput, noticeIdInput, readerListInput } from '../schema.ts';
import type { NoticeRow } from '../store.server.ts';
import { categoryNames, findNotice } from '../store.server.ts';

/** Doctors read what is theirs, offices and their 外部委託先 what an upper association has sent them. */
export function readerKind(actor: Actor): ReaderKind | undefined {
  if (actor.kind === 'doctor') return 'doctor';
  if (actor.kind !== 'office') return undefined;
  return contractorOf(actor) === undefined ? 'office' : 'contractor';
}

const readersOnly = (ctx: Context) => (readerKind(ctx.actor) === undefined ? refuse('forbidden') : true);

export type { ReaderLine };

export type ReaderList = ReaderFacets & Page<ReaderLine> & { filter: ReaderFilter };

/** お知らせ of the one who reads (`screens.md D-02`), newest first. */
export const readerNotices = query({
  name: 'notice.list',
  input: readerListInput,
  allow: readersOnly,
  read: async (tx, filter, ctx): Promise<ReaderList | undefined> => {
    const kind = readerKind(ctx.actor);
    if (kind === undefined) return undefined;
    const ask = { kind, today: ctx.today, conditions: filter };
    const found = await listForReader(tx, { ...ask, before: filter.before, after: filter.after, limit: filter.size + 1 });
    return { ...pageOf(found, filter, (row) => row.id), ...(await facetsForReader(tx, ask)), filter };
  },
  audit: 'nothing',
});

const newestOnTop = 5;

/** The newest ones for a top page (`screens.md D-01, O-01`). */
export async function newestNotices(tx: ReadTransaction, ctx: Context, limit: number): Promise<ReaderLine[]> {
  const kind = readerKind(ctx.actor);
  return kind === undefined ? [] : await listNewest(tx, { kind, today: ctx.today, limit });
}

/** The same as a question of its own, for a top page that shows little else. */
export const topNotices = query({
  name: 'notice.newest',
  input: z.object({}),
  allow: readersOnly,
  read: async (tx, _input, ctx) => await newestNotices(tx, ctx, newestOnTop),
  audit: 'nothing',
});

export type NoticeText = {
  id: string;
  association: string;
  title: string;
  category1: string;
  category2: string;
  lead: string;
  body: string;
  startsOn: Day | null;
  endsOn: Day | null;
  important: boolean;
  files: NoticeFile[];
};

/** `over`: it was there, and its time is past; nothing of it is told. */
export type NoticeRead = { over: true } | { over: false; notice: NoticeText; unread: boolean };

async function textOf(tx: ReadTransaction, ctx: Context, row: NoticeRow): Promise<NoticeText> {
  const names = await categoryNames(tx, [row.category1Id, row.category2Id]);
  const [association] = await associationsById(tx, [row.associationId], ctx.today);
  const nameOf = (id: number | null) => (id === null ? '' : (names.get(id) ?? ''));
  const { id, title, lead, body, startsOn, endsOn, important } = row;
  return {
    id,
    association: association?.name ?? '',
    title,
    category1: nameOf(row.category1Id),
    category2: nameOf(row.category2Id),
    lead,
    body,
    startsOn,
    endsOn,
    important,
    files: await listFiles(tx, id),
  };
}

/** One's own notices are looked at in お知らせ管理, not here; an 外部委託先 has no other place. */
function isForReader(ctx: Context, row: NoticeRow): boolean {
  return contractorOf(ctx.actor) !== undefined || !(ctx.actor.kind === 'office' && row.associationId === ctx.actor.associationId);
}

/** One notice for the one who reads (`screens.md D-02`). */
export const readerNotice = query({
  name: 'notice.viewed',
  input: noticeIdInput,
  allow: readersOnly,
  read: async (tx, { id }, ctx): Promise<NoticeRead | undefined> => {
    const kind = readerKind(ctx.actor);
    const row = await findNotice(tx, id);
    if (kind === undefined || row === undefined || !isForReader(ctx, row)) return undefined;
    if (!isRunning(row, ctx.today)) return { over: true };
    return { over: false, notice: await textOf(tx, ctx, row), unread: !(await hasRead(tx, kind, id)) };
  },
  audit: 'nothing',
});

/** A public notice, for anybody (`screens.md A-01`). */
export const publicNotice = query({
  name: 'notice.public',
  input: noticeIdInput,
  allow: () => true,
  read: async (tx, { id }, ctx): Promise<NoticeRead | undefined> => {
    const row = await findNotice(tx, id);
    if (row === undefined || row.target !== 'public') return undefined;
    return isRunning(row, ctx.today) ? { over: false, notice: await textOf(tx, ctx, row), unread: false } : { over: true };
  },
  audit: 'nothing',
});

/** The newest public notices beside the login (`screens.md A-01`). */
export const publicNotices = query({
  name: 'notice.publicList',
  input: z.object({}),
  allow: () => true,
  read: async (tx, _input, ctx): Promise<PublicLine[]> => await listPublic(tx, { today: ctx.today, limit: 3 }),
  audit: 'nothing',
});

/** An attachment of a notice that the asker can read now. */
export const readerNoticeFile = query({
  name: 'notice.file',
  input: fileInput.extend({ publicOnly: z.boolean().default(false) }),
  allow: () => true,
  read: async (tx, { id, fileId, publicOnly }, ctx): Promise<NoticeFile | undefined> => {
    const row = await findNotice(tx, id);
    if (row === undefined || !isRunning(row, ctx.today) || (publicOnly && row.target !== 'public')) return undefined;
    return await findFile(tx, { noticeId: id, id: fileId });
  },
  audit: 'nothing',
});
