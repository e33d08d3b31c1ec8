import { foldName } from '#kernel/fold-name.ts';
import { textInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findOpenAssociations, listByName } from '../store.server.ts';

export type OfficeChoice = { value: string; label: string };

const mostHits = 20;

/** Associations of every layer by part of their name; no personal data. An empty question finds nothing. */
export const officeSearch = query({
  name: 'association.offices',
  input: z.object({ q: textInput('医師会', { max: 60 }) }),
  allow: () => true,
  read: async (tx, { q }, ctx): Promise<OfficeChoice[]> => {
    const fold = foldName(q);
    const rows = fold === '' ? [] : await listByName(tx, { fold, on: ctx.today, limit: mostHits });
    return rows.map((row) => ({ value: String(row.id), label: row.name }));
  },
  audit: 'nothing',
});

/** The association of a code that a form carries; none where there is no such one. */
export const officeChosen = query({
  name: 'association.office',
  input: z.object({ id: z.string().catch('').default('') }),
  allow: () => true,
  read: async (tx, { id }, ctx): Promise<OfficeChoice[]> => {
    const rows = /^\d{1,6}$/.test(id) ? await findOpenAssociations(tx, [Number(id)], ctx.today) : [];
    return rows.map((row) => ({ value: String(row.id), label: row.name }));
  },
  audit: 'nothing',
});
