import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import { conditionOf } from '../condition.ts';
import { addFiles, listFiles, removeFiles } from '../file.store.server.ts';
import { firstState, isEditable, noticeFlow } from '../flow.ts';
import { noticeTexts as texts } from '../messages.ts';
import { mayManage, publishingOffice } from '../policy.ts';
import type { NoticeContent, Surrounding } from '../rules.ts';
import { conditionFor, isLowerKnown, isToAll } from '../rules.ts';
import type { DraftFields } from '../schema.ts';
import { mostFiles, saveInput } from '../schema.ts';
import type { NoticeRow } from '../store.server.ts';
import { findNotice, insertNotice, updateNotice } from '../store.server.ts';
import { surroundingOf } from './publish.ts';

const defaultHour = 9;

/** What the form says, as it is kept. */
export function contentOf(fields: DraftFields): NoticeContent {
  const { title, lead, body, target, important, byMail } = fields;
  return {
    title,
    category1Id: fields.category1 ?? null,
    category2Id: fields.category2 ?? null,
    lead,
    body,
    target: target === '' ? null : target,
    condition: conditionFor(target, conditionOf(fields)),
    startsOn: fields.startsOn ?? null,
    endsOn: fields.endsOn ?? null,
    important,
    byMail,
    mailHour: fields.mailHour ?? defaultHour,
  };
}

type Input = z.infer<typeof saveInput>;
type Target = { row: NoticeRow | undefined; files: number; around: Pick<Surrounding, 'categoryIds' | 'lowerIds'> };

async function load(tx: ReadTransaction, { id, removed }: Input, ctx: Context): Promise<Target | undefined> {
  const row = id === undefined ? undefined : await findNotice(tx, id);
  const office = publishingOffice(ctx.actor);
  if ((id !== undefined && row === undefined) || office === undefined)
    return id === undefined ? { row, files: 0, around: { categoryIds: new Set(), lowerIds: new Set() } } : undefined;
  const kept = id === undefined ? [] : (await listFiles(tx, id)).filter((file) => !removed.some((gone) => gone === file.id));
  return { row, files: kept.length, around: await surroundingOf(tx, ctx, office.associationId) };
}

/** A wrong order of days, an unknown category, a 下層医師会 that is not below and somebody else's target cannot even be kept. */
function unkeepable(content: NoticeContent, around: Target['around'], actor: Actor): Record<string, string[]> {
  const { startsOn, endsOn, category1Id, category2Id } = content;
  const late: Day | null = startsOn !== null && endsOn !== null && endsOn < startsOn ? endsOn : null;
  const unknown = (id: number | null) => id !== null && !around.categoryIds.has(id);
  return {
    ...(late === null ? {} : { endsOn: [messages.order()] }),
    ...(unknown(category1Id) ? { category1: [messages.sel(texts.category1)] } : {}),
    ...(unknown(category2Id) ? { category2: [messages.sel(texts.category2)] } : {}),
    ...(isToAll(content.target) && publishingOffice(actor)?.layer !== 1 ? { target: [messages.sel(texts.target)] } : {}),
    ...(isLowerKnown(content, around) ? {} : { lower: [messages.sel(texts.lower)] }),
  };
}

type Kept = { id: string; content: NoticeContent };

async function keep(tx: WriteTransaction, ctx: Context, { row, kept }: { row: NoticeRow | undefined; kept: Kept }): Promise<void> {
  const office = publishingOffice(ctx.actor);
  const state = row === undefined ? firstState : noticeFlow.next(row.state, 'save');
  if (office === undefined || state === undefined) throw new Error('only an office keeps what it may edit');
  if (row !== undefined) return await updateNotice(tx, row, { state, content: kept.content });
  await insertNotice(tx, { ...kept, associationId: office.associationId, state, writerName: office.displayName, at: ctx.now });
}

/** 一時保存する (`screens.md O-16`): new or again, complete or not. What was registered for a day ahead becomes a draft again. */
export const saveNotice = command({
  name: 'notice.save',
  input: saveInput,
  locks: async (_tx, { id }) => await Promise.resolve(id === undefined ? [] : [{ kind: 'application' as const, id }]),
  load,
  allow: (ctx, { row }) => {
    if (publishingOffice(ctx.actor) === undefined) return refuse('forbidden');
    return row === undefined || mayManage(ctx.actor, row) ? true : refuse('notFound');
  },
  decide: (ctx, { row, files, around }, input) => {
    if (row !== undefined && !isEditable(row, ctx.today)) return refuse('conflict', { message: texts.notEditable });
    if (row !== undefined && input.version !== row.version) return refuse('conflict', { current: { version: row.version } });
    if (files + input.files.length > mostFiles) return refuseFields({ files: [texts.mostFiles(mostFiles)] });
    const content = contentOf(input);
    const faults = unkeepable(content, around, ctx.actor);
    return Object.keys(faults).length > 0 ? refuseFields(faults) : accepted<Kept>({ id: row?.id ?? newId(), content });
  },
  save: async (tx, { ctx, target: { row }, decision, input }) => {
    await keep(tx, ctx, { row, kept: decision });
    const { id } = decision;
    await removeFiles(tx, id, { ids: input.removed, at: ctx.now });
    const accountId = publishingOffice(ctx.actor)?.accountId ?? '';
    await addFiles(tx, { noticeId: id, accountId, at: ctx.now }, input.files);
    const version = row === undefined ? 1 : row.version + 1;
    return { value: { id, version }, audit: { action: 'notice.save', target: id, detail: { version } }, events: [] };
  },
});
