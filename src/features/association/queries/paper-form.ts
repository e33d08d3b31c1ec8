import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findPaperForm } from '../paper-form.store.server.ts';

/** 様式: a blank form of an association, for everybody who is signed in (`screens.md O-21`); nobody's data. */
export const paperForm = query({
  name: 'association.paperForm',
  input: z.object({ id: idInput }),
  allow: ({ actor }) => (actor.kind === 'doctor' || actor.kind === 'office' ? true : refuse('notFound')),
  read: async (tx, { id }) => await findPaperForm(tx, id),
  audit: 'nothing',
});
