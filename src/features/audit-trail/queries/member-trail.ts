import { z } from 'zod';
import { idInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import { trailInput } from '../schema.ts';
import { listTrail } from '../trail.store.server.ts';
import type { Trail } from './trail.ts';
import { lineOf, officeOnly, scopeOf, wordsFor } from './trail.ts';

const pageRows = 50;

const input = z.object({ id: idInput, after: z.string().max(20).default('') });

/** 操作履歴 of one member (`screens.md O-08`): what our own office saw and changed, within the same days and for the same eyes as O-18. */
export const memberTrail = query({
  name: 'audit.memberTrail',
  input,
  allow: officeOnly,
  read: async (tx, { id, after }, ctx): Promise<Pick<Trail, 'rows' | 'after' | 'from' | 'to'>> => {
    const filter = trailInput.parse({ after });
    const scope = { ...(await scopeOf(tx, ctx, filter)), personIds: [id] };
    const found = await listTrail(tx, scope, { after: filter.after, before: '', limit: pageRows + 1 });
    const page = found.slice(0, pageRows);
    const words = await wordsFor(tx, ctx, page);
    const rows = page.map((row) => lineOf(row, words));
    return { rows, after: found.length > pageRows ? rows.at(-1)?.id : undefined, from: scope.from, to: scope.to };
  },
  audit: (found, { id }) => ({ action: 'audit.listed', personIds: [id], detail: { rows: found.rows.length } }),
});
