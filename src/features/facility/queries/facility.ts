import { refuse } from '#kernel/refusal.ts';
import { foldName } from '#kernel/fold-name.ts';
import { foldTel } from '#kernel/fold-input.ts';
import { textInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { FacilityContent } from '../fields.ts';
import { holdFacility } from '../master.store.server.ts';
import type { FacilityRow } from '../store.server.ts';
import { findFacilityRow, listFacilityRows, searchFacilities } from '../store.server.ts';

export type Facility = FacilityRow;

/** A facility by id; facilities are no personal data and are seen by all signed-in users. */
export async function findFacility(tx: ReadTransaction, id: string): Promise<Facility | undefined> {
  return await findFacilityRow(tx, id);
}

/** Facilities by id; unknown ids are missing from the answer. */
export async function facilitiesById(tx: ReadTransaction, ids: readonly string[]): Promise<Facility[]> {
  return await listFacilityRows(tx, ids);
}

/** Holds a facility that is about to be merged: whoever is writing about it is done before, whoever comes later sees it merged. */
export async function facilityToMerge(tx: WriteTransaction, id: string): Promise<Facility | undefined> {
  await holdFacility(tx, id);
  return await findFacilityRow(tx, id);
}

/** The fields of a facility as texts. */
export function contentOf(facility: Facility): FacilityContent {
  const { name, kana, commonName, institutionCode, postalCode, address, tel, fax, ownerType, attached } = facility;
  const beds = facility.beds === null || facility.beds === 0 ? '' : String(facility.beds);
  const prefectureCode = facility.prefectureCode ?? '';
  return { name, kana, commonName, institutionCode, postalCode, prefectureCode, address, tel, fax, ownerType, beds, attached };
}

const facilityQuestion = z.object({ q: textInput('所属施設名', { max: 60 }), prefecture: z.string().max(2).default('') });

/** At most 20 registered facilities by part of name, kana or telephone; nothing for an empty or unusable text. */
export async function searchForFacilities(tx: ReadTransaction, raw: { q: string; prefecture: string }): Promise<Facility[]> {
  const parsed = facilityQuestion.safeParse(raw);
  if (!parsed.success) return [];
  const fold = foldName(parsed.data.q);
  if (fold === '') return [];
  const tel = foldTel(parsed.data.q);
  const digits = /^[\d-]+$/.test(tel) ? tel.replaceAll('-', '') : '';
  return await searchFacilities(tx, { fold, digits, prefectureCode: parsed.data.prefecture, limit: 20 });
}

/** Search by part of name, kana or telephone (`screens.md D-08`), at most 20 hits. */
export const facilitySearch = query({
  name: 'facility.search',
  input: facilityQuestion,
  allow: (ctx) => (ctx.actor.kind === 'guest' ? refuse('unauthenticated') : true),
  read: async (tx, input) => await searchForFacilities(tx, input),
  audit: 'nothing',
});

/** Facilities as choices: the address and number tell apart what has the same name. */
export function facilityOptions(rows: readonly Facility[]): { value: string; label: string; note: string }[] {
  return rows.map((row) => ({ value: row.id, label: row.name, note: [row.address, row.tel].filter((text) => text !== '').join(' ') }));
}
