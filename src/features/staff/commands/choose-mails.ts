import { accepted, refuse } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { mailKindLabels } from '../labels.ts';
import type { MailKind } from '../mail-choice.ts';
import { mailChoices } from '../mail-choice.ts';
import { putChoices } from '../mail-choice.store.server.ts';

const choice = (kind: MailKind) => z.enum(mailChoices, { error: messages.sel(mailKindLabels[kind]) });

/** Who may choose: whoever gets the mails of an office. */
export function mailReader(ctx: Context): { accountId: string; associationId: number } | undefined {
  const { actor } = ctx;
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** Which mails of his office somebody wants, and how (`screens.md O-27`). */
export const chooseMails = command({
  name: 'staff.chooseMails',
  input: z.object({
    arrived: choice('arrived'),
    resubmitted: choice('resubmitted'),
    confirm: choice('confirm'),
    ended: choice('ended'),
    message: choice('message'),
  }),
  locks: async (_tx, _input, ctx) => await Promise.resolve([{ kind: 'account' as const, id: mailReader(ctx)?.accountId ?? '' }]),
  load: async (_tx, _input, ctx) => await Promise.resolve({ reader: mailReader(ctx) }),
  allow: (ctx) => (mailReader(ctx) === undefined ? refuse('forbidden') : true),
  decide: (_ctx, { reader }) => (reader === undefined ? refuse('forbidden') : accepted(reader)),
  save: async (tx, { ctx, decision: { accountId, associationId }, input }) => {
    await putChoices(tx, { accountId, associationId }, { choices: input, at: ctx.now });
    return { value: input, audit: { action: 'staff.chooseMails', target: accountId, detail: input }, events: [] };
  },
});
