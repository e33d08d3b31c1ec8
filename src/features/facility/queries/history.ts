import type { CodeValue } from '#features/association/queries/directory.ts';
import { associationsById, codeLists } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { FacilityContent, FacilityField, FieldChange } from '../fields.ts';
import { changeKindLabels, changeKinds, facilityFields, facilityNames, fieldText, readChanges } from '../fields.ts';
import { listChanges } from '../master.store.server.ts';

/** What of a facility has changed, when, by whose proposal and decision; offices are named, persons are not. */
export type HistoryLine = { key: string; at: Date; what: string; changes: ShownChange[]; proposer: string; decider: string };

export type ShownChange = { key: string; label: string; before: string; after: string };

/** Codes of fields in their words; a number of beds with its unit. */
export type FieldWords = (field: FacilityField, value: string) => string;

/** How the values of fields are shown on a day. */
export async function fieldWords(tx: ReadTransaction, on: Day): Promise<FieldWords> {
  const codes = await codeLists(tx, ['prefecture', 'ownerType'], on);
  const lists: Partial<Record<FacilityField, readonly CodeValue[]>> = {
    prefectureCode: codes('prefecture'),
    ownerType: codes('ownerType'),
  };
  return (field, value) => lists[field]?.find((one) => one.code === value)?.label ?? fieldText(field, value);
}

/** Differences in words. */
export function shownChanges(changes: readonly FieldChange[], words: FieldWords): ShownChange[] {
  return changes.map(({ field, before, after }) => ({
    key: field,
    label: facilityNames[field],
    before: words(field, before),
    after: words(field, after),
  }));
}

/** All fields of a facility in words. */
export function factsOf(content: FacilityContent, words: FieldWords): { label: string; value: string }[] {
  return facilityFields.map((field) => ({ label: facilityNames[field], value: words(field, content[field]) }));
}

const mostLines = 50;

/** The history of a facility, newest first, at most 50 lines. */
export async function facilityHistory(tx: ReadTransaction, facilityId: string, on: Day): Promise<HistoryLine[]> {
  const rows = await listChanges(tx, facilityId, mostLines);
  if (rows.length === 0) return [];
  const ids = rows.flatMap((row) => [row.associationId, row.deciderId]);
  const names = new Map((await associationsById(tx, [...new Set(ids)], on)).map((one) => [one.id, one.name]));
  const words = await fieldWords(tx, on);
  return rows.map((row) => {
    const kind = changeKinds.find((one) => one === row.kind);
    const what = kind === undefined ? row.kind : changeKindLabels[kind];
    return {
      key: String(row.version),
      at: row.recordedAt,
      what: row.other === null ? what : `${what}(${row.other})`,
      changes: shownChanges(readChanges(row.changes), words),
      proposer: names.get(row.associationId) ?? '',
      decider: names.get(row.deciderId) ?? '',
    };
  });
}
