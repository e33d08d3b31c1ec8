import type { OperationsActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { firstState, noticeFlow } from '../flow.ts';
import { noticeTexts as texts } from '../messages.ts';
import type { NoticeContent } from '../rules.ts';
import { faultsOf } from '../rules.ts';
import type { DraftFields } from '../schema.ts';
import { announcedTargets, draftFields } from '../schema.ts';
import { insertNotice, markPublished } from '../store.server.ts';
import { surroundingOf } from './publish.ts';
import { contentOf } from './save.ts';

/** Notices to all are those of the JMA, which runs the system. */
export const announcingAssociation = 0;

/** The operations office behind an actor; undefined for everybody else. */
export function announcer({ actor }: Pick<Context, 'actor'>): OperationsActor | undefined {
  return actor.kind === 'operations' ? actor : undefined;
}

async function faultsIn(tx: ReadTransaction, ctx: Context, content: NoticeContent): Promise<FieldErrors> {
  const faults = faultsOf(content, await surroundingOf(tx, ctx, announcingAssociation));
  const offered = announcedTargets.some((one) => one === content.target);
  return offered ? faults : { ...faults, target: [messages.sel(texts.target)] };
}

type Target = { by: OperationsActor | undefined; content: NoticeContent; faults: FieldErrors };

/**
 * 登録する (`screens.md P-07`): a notice to 全医師, 全医師会事務局 or everybody. Who it is for is asked when it is read, no person is
 * touched here. With mail it waits as a draft of the JMA until a 管理者 there registers it; jobs send the mails.
 */
export const announceNotice = command({
  name: 'notice.announce',
  input: draftFields,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input: DraftFields, ctx): Promise<Target> => {
    const by = announcer(ctx);
    const content = contentOf(input);
    return { by, content, faults: by === undefined ? {} : await faultsIn(tx, ctx, content) };
  },
  allow: (ctx) => (announcer(ctx) === undefined ? refuse('forbidden') : true),
  decide: (_ctx, { by, content, faults }) => {
    const published = noticeFlow.next(firstState, 'publish');
    if (by === undefined || published === undefined) return refuse('forbidden');
    return Object.keys(faults).length > 0 ? refuseFields(faults) : accepted({ by, published: content.byMail ? undefined : published });
  },
  save: async (tx, { ctx, target: { content }, decision: { by, published } }) => {
    const id = newId();
    const own = { origin: 'operations', associationId: announcingAssociation, writerName: by.displayName } as const;
    await insertNotice(tx, { id, ...own, state: firstState, at: ctx.now, content });
    if (published !== undefined)
      await markPublished(tx, { id, version: 1 }, { state: published, at: ctx.now, mailAt: null, readers: null });
    return {
      value: { id, waits: published === undefined },
      audit: { action: 'notice.announce', target: id, detail: { target: content.target ?? '', mail: content.byMail } },
      events: [],
    };
  },
});
