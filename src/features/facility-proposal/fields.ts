import type { FacilityContent, FacilityField, FieldChange } from '#features/facility/fields.ts';
import { readChanges } from '#features/facility/fields.ts';

/** What is stored with a proposal, read again. Pure. */

/** The differences of a change. */
export function changesIn(content: unknown): FieldChange[] {
  return typeof content === 'object' && content !== null && 'changes' in content ? readChanges(content.changes) : [];
}

/** The fields of a new facility; undefined where there are none. */
export function facilityIn(content: unknown): FacilityContent | undefined {
  if (typeof content !== 'object' || content === null || !('facility' in content)) return undefined;
  const { facility } = content;
  if (typeof facility !== 'object' || facility === null) return undefined;
  const stored = new Map<string, unknown>(Object.entries(facility));
  const text = (field: FacilityField) => {
    const value = stored.get(field);
    return typeof value === 'string' ? value : '';
  };
  return {
    name: text('name'),
    kana: text('kana'),
    commonName: text('commonName'),
    institutionCode: text('institutionCode'),
    postalCode: text('postalCode'),
    prefectureCode: text('prefectureCode'),
    address: text('address'),
    tel: text('tel'),
    fax: text('fax'),
    ownerType: text('ownerType'),
    beds: text('beds'),
    attached: text('attached'),
  };
}

/** A report of duplicates for whose merge the JMA had set a day, and has taken it back. */
export function wasUnplanned(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'unplanned' in content;
}

/** A report of duplicates that a 都道府県医師会 has handed on to the JMA. */
export function wasForwarded(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'forwarded' in content;
}
