import type { OfficeActor } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isInScope } from '../member-detail.store.server.ts';
import { insertMemberMemo, listMemos } from '../member-memo.store.server.ts';
import { memberOffice } from '../queries/members.ts';
import { memberMemoInput } from '../schema.ts';

/** 保存する (`screens.md O-08`): what the own office notes about a member; nobody else reads it, every version is kept. */
export const saveMemberMemo = command({
  name: 'member.saveMemo',
  input: memberMemoInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'person' as const, id }]),
  load: async (tx, { id }, ctx): Promise<{ office: OfficeActor | undefined; version: number; body: string } | undefined> => {
    if (ctx.actor.kind !== 'office' || memberOffice(ctx) !== true) return { office: undefined, version: 0, body: '' };
    const { associationId } = ctx.actor;
    if (!(await isInScope(tx, id, associationId))) return undefined;
    const [newest] = await listMemos(tx, { personId: id, associationId }, 1);
    return { office: ctx.actor, version: newest?.version ?? 0, body: newest?.body ?? '' };
  },
  allow: (ctx) => memberOffice(ctx),
  decide: (_ctx, { office, version }, input) => {
    if (office === undefined) return refuse('forbidden');
    return version === input.version ? accepted({ office, version: version + 1 }) : refuse('conflict', { current: { version } });
  },
  save: async (tx, { ctx, decision: { office, version }, input }) => {
    const { associationId, accountId, displayName } = office;
    await insertMemberMemo(tx, {
      personId: input.id,
      associationId,
      accountId,
      version,
      body: input.memoBody,
      authorName: displayName,
      at: ctx.now,
    });
    return {
      value: { id: input.id, version },
      audit: { action: 'member.saveMemo', target: input.id, personIds: [input.id], detail: { version } },
      events: [],
    };
  },
});
