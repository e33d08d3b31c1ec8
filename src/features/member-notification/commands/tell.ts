import { dayInput, idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { tellingOf } from '../rules.ts';
import { findNewsCase, insertAssociationNews, insertPersonNews, insertTelling } from '../store.server.ts';

/** What others have done becomes 会員関連通知 (`screens.md O-15`): commands of the system, each safe to repeat. */

export const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

/** The event itself names the row, so that one who hears it twice writes it once. */
const cause = z.string().regex(/^\w+:\w+$/);
const association = z.int().min(0).max(99_999);

/** News of a case, to the offices that rules.ts names. */
export const tellCase = command({
  name: 'memberNotification.tellCase',
  input: z.object({
    cause,
    news: z.enum(['approved', 'rejected', 'revoked', 'objected', 'submitted', 'died', 'deathWithdrawn']),
    completed: z.boolean().default(false),
    applicationId: idInput,
    stepId: z.union([z.literal(''), idInput]).default(''),
  }),
  locks: async () => await Promise.resolve([]),
  load: async (tx, { applicationId, stepId }, ctx) => await findNewsCase(tx, { applicationId, stepId, today: ctx.today }),
  allow: systemOnly,
  decide: (_ctx, target, { news, stepId, completed }) => accepted(tellingOf(news, target, { stepId, completed })),
  save: async (tx, { ctx, target: { personId }, decision, input: { applicationId, cause: from, news } }) => {
    const told = decision === undefined ? 0 : await insertTelling(tx, decision, { personId, applicationId, cause: from, at: ctx.now });
    return {
      value: { told },
      audit: { action: 'memberNotification.tell', personIds: [personId], target: applicationId, detail: { news, offices: told } },
      events: [],
    };
  },
});

/** What concerns the person himself: 登録情報の変更 by him or by an office, and mail that does not reach him. */
export const tellPerson = command({
  name: 'memberNotification.tellPerson',
  input: z.object({
    cause,
    news: z.enum(['profileChanged', 'mailUndeliverable']),
    personId: idInput,
    fields: z.array(z.string().max(40)).max(60).default([]),
    associationId: association.nullable().default(null),
    changeId: idInput.nullable().default(null),
  }),
  locks: async () => await Promise.resolve([]),
  load: async (_tx, input) => await Promise.resolve(input),
  allow: systemOnly,
  decide: (_ctx, _target, { news, associationId }) =>
    accepted(
      news === 'mailUndeliverable'
        ? ({ kind: 'unreachable', source: 'system' } as const)
        : ({ kind: 'profile', source: associationId === null ? 'person' : 'office' } as const),
    ),
  save: async (tx, { ctx, decision, input: { personId, fields, associationId, changeId, news, cause: from } }) => {
    const about = { personId, fields, associationId, changeId, deed: news, cause: from };
    await insertPersonNews(tx, { ...decision, ...about, at: ctx.now, today: ctx.today });
    return {
      value: {},
      audit: { action: 'memberNotification.tell', personIds: [personId], target: personId, detail: { news } },
      events: [],
    };
  },
});

/** 医師会情報の変更: what an association has changed about itself, or the JMA in the master. */
export const tellAssociation = command({
  name: 'memberNotification.tellAssociation',
  input: z.object({
    cause,
    deed: z.enum(['infoChanged', 'masterChanged', 'openingWithdrawn', 'settingsChanged', 'settingsWithdrawn']),
    associationId: association,
    source: association,
    on: dayInput('適用日', { required: false }),
    more: z.int().min(0).max(99_999).default(0),
  }),
  locks: async () => await Promise.resolve([]),
  load: async (_tx, input) => await Promise.resolve(input),
  allow: systemOnly,
  decide: () => accepted(undefined),
  save: async (tx, { ctx, input: { cause: from, deed, associationId, source, on, more } }) => {
    const everybody = deed === 'masterChanged' || deed === 'openingWithdrawn';
    const news = { associationId, more, deed, source, on: on ?? null, everybody };
    await insertAssociationNews(tx, { ...news, cause: from, at: ctx.now, today: ctx.today });
    return {
      value: {},
      audit: { action: 'memberNotification.tell', target: String(associationId), detail: { news: deed } },
      events: [],
    };
  },
});
