import { refuse } from '#kernel/refusal.ts';
import { foldName } from '#kernel/fold-name.ts';
import { foldTel } from '#kernel/fold-input.ts';
import { textInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { FacilityRow } from '../store.server.ts';
import { findFacilityRow, searchFacilities } from '../store.server.ts';

export type Facility = FacilityRow;

/** A facility by id; facilities are no personal data and are seen by all signed-in users. */
export async function findFacility(tx: ReadTransaction, id: string): Promise<Facility | undefined> {
  return await findFacilityRow(tx, id);
}

/** Search by part of name, kana or telephone (`screens.md D-08`), at most 20 hits. */
export const facilitySearch = query({
  name: 'facility.search',
  input: z.object({ q: textInput('所属施設名', { max: 60 }), prefecture: z.string().max(2).default('') }),
  allow: (ctx) => (ctx.actor.kind === 'guest' ? refuse('unauthenticated') : true),
  read: async (tx, input) => {
    const fold = foldName(input.q);
    if (fold === '') return [];
    const tel = foldTel(input.q);
    const digits = /^[\d-]+$/.test(tel) ? tel.replaceAll('-', '') : '';
    return await searchFacilities(tx, { fold, digits, prefectureCode: input.prefecture, limit: 20 });
  },
  audit: 'nothing',
});
