import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { mailReader } from '../commands/choose-mails.ts';
import { findChoices } from '../mail-choice.store.server.ts';

/** One's own choices of mails (`screens.md O-27`). */
export const mailChoicesOf = query({
  name: 'staff.mailChoices',
  input: z.object({}),
  allow: (ctx) => (mailReader(ctx) === undefined ? refuse('forbidden') : true),
  read: async (tx, _input, ctx) => {
    const reader = mailReader(ctx);
    return reader === undefined ? undefined : await findChoices(tx, reader);
  },
  audit: 'nothing',
});
