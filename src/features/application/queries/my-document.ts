import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findDocument } from '../my.store.server.ts';
import { loadCase } from '../store.server.ts';

/** One own paper, as it was handed in. */
export const myDocument = query({
  name: 'application.ownDocument',
  input: z.object({ id: idInput, documentId: idInput }),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const found = target === undefined ? undefined : await findDocument(tx, input.id, input.documentId);
    return target === undefined || found === undefined ? undefined : { ...found, personId: target.personId };
  },
  audit: (value, input) => ({
    action: 'application.documentViewed',
    personIds: [value.personId],
    target: input.id,
    detail: { documentId: input.documentId },
  }),
});
