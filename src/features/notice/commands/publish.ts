import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { childrenOf } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isEditable, isEndable, isUnpublished, noticeFlow } from '../flow.ts';
import { noticeTexts as texts } from '../messages.ts';
import { mayEnd, mayMailAll, mayManage, publishingOffice } from '../policy.ts';
import type { NoticeContent, Surrounding } from '../rules.ts';
import { faultsOf, hasReaders, isToAll, mailTime } from '../rules.ts';
import { versionedInput } from '../schema.ts';
import type { NoticeRow } from '../store.server.ts';
import { stopMails } from '../mail.store.server.ts';
import { countReaders, findNotice, listCategories, markEnded, markPublished } from '../store.server.ts';

/** What the completeness of a notice depends on besides itself. */
export async function surroundingOf(tx: ReadTransaction, ctx: Context, associationId: number): Promise<Surrounding> {
  return {
    today: ctx.today,
    lowerIds: new Set((await childrenOf(tx, associationId, ctx.today)).map((one) => one.id)),
    categoryIds: new Set((await listCategories(tx, associationId, ctx.today)).map((one) => one.id)),
  };
}

/** The number of readers on the first day, as far as it is known today. */
export async function readersOf(
  tx: ReadTransaction,
  ctx: Context,
  about: NoticeContent & { associationId: number },
): Promise<number | null> {
  const { associationId, target, condition, startsOn } = about;
  if (target === null || !hasReaders(target)) return null;
  return await countReaders(tx, { associationId, target, condition, on: startsOn !== null && startsOn > ctx.today ? startsOn : ctx.today });
}

type Target = { row: NoticeRow; faults: FieldErrors; readers: number | null };

/** 登録する (`screens.md O-16`): it stands from its first day; mails go from its hour on. */
export const publishNotice = command({
  name: 'notice.publish',
  input: versionedInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }, ctx): Promise<Target | undefined> => {
    const row = await findNotice(tx, id);
    if (row === undefined || !mayManage(ctx.actor, row)) return undefined;
    const faults = faultsOf(row, await surroundingOf(tx, ctx, row.associationId));
    return { row, faults, readers: Object.keys(faults).length > 0 ? null : await readersOf(tx, ctx, row) };
  },
  allow: (ctx) => (publishingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  decide: (ctx, { row, faults, readers }, { version }) => {
    if (row.byMail && isToAll(row.target) && !mayMailAll(ctx.actor)) return refuse('conflict', { message: texts.mailToAllByAdmin });
    const next = noticeFlow.next(row.state, 'publish');
    if (next === undefined) return refuse('conflict', { message: texts.alreadyPublished });
    if (version !== row.version) return refuse('conflict', { current: { version: row.version } });
    if (Object.keys(faults).length > 0 || row.startsOn === null) return refuseFields(faults);
    if (readers === 0) return refuseFields({ target: [texts.nobody] });
    return accepted({ next, mailAt: row.byMail ? mailTime({ startsOn: row.startsOn, mailHour: row.mailHour }, ctx.now) : null });
  },
  save: async (tx, { ctx, target: { row, readers }, decision }) => {
    await markPublished(tx, row, { state: decision.next, at: ctx.now, mailAt: decision.mailAt, readers });
    const events =
      decision.mailAt !== null && decision.mailAt <= ctx.now ? [{ kind: 'notice.mailDue', payload: { noticeId: row.id } }] : [];
    return {
      value: { id: row.id },
      audit: { action: 'notice.publish', target: row.id, detail: { target: row.target ?? '', readers: readers ?? 0, mail: row.byMail } },
      events,
    };
  },
});

/** 終了する (`screens.md O-16`): from now on its readers are told that it is over; what has not been sent is not sent. */
export const endNotice = command({
  name: 'notice.end',
  input: versionedInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findNotice(tx, id),
  allow: (ctx, row) => (mayEnd(ctx.actor, row) ? true : refuse('notFound')),
  decide: (ctx, row, { version }) => {
    const next = noticeFlow.next(row.state, 'end');
    if (next === undefined || !isEndable(row, ctx.today)) return refuse('conflict', { message: texts.notEndable });
    return version === row.version ? accepted(next) : refuse('conflict', { current: { version: row.version } });
  },
  save: async (tx, { ctx, target: row, decision }) => {
    const stopped = await stopMails(tx, row.id);
    await markEnded(tx, row, { state: decision, at: ctx.now, stopped });
    // What was queued and is not stopped has gone to somebody; nobody can take it back.
    const gone = Math.max(0, row.mailed - stopped);
    return {
      value: { id: row.id, byMail: row.byMail, gone, stopped },
      audit: { action: 'notice.end', target: row.id, detail: { gone, stopped } },
      events: [],
    };
  },
});

/** What an office may do with a notice today; the buttons of its page. */
export function actsOn(row: NoticeRow, ctx: Context): { edit: boolean; publish: boolean; end: boolean } {
  return { edit: isEditable(row, ctx.today), publish: isUnpublished(row.state), end: isEndable(row, ctx.today) };
}
