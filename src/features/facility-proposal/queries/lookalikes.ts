import type { Facility } from '#features/facility/queries/facility.ts';
import { searchForFacilities } from '#features/facility/queries/facility.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** Registered facilities of the prefecture with the same name or telephone number: what is proposed may be one of them. */
export async function lookalikes(tx: ReadTransaction, about: { name: string; tel: string; prefectureCode: string }): Promise<Facility[]> {
  const prefecture = about.prefectureCode;
  const byName = await searchForFacilities(tx, { q: about.name, prefecture });
  const byTel = about.tel === '' ? [] : await searchForFacilities(tx, { q: about.tel, prefecture });
  const same = byName.filter((row) => foldName(row.name) === foldName(about.name));
  return [...same, ...byTel.filter((row) => same.every((known) => known.id !== row.id))];
}
