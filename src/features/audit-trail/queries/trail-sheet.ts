import { sheetList } from '#platform/sheet/list-definition.ts';
import { trailTitle } from '../labels.ts';
import { type TrailFilter, trailInput } from '../schema.ts';
import { trailColumns, trailWords } from '../sheet-fields.ts';
import { type TrailLine, trailCount, trailPage } from './trail.ts';

/** A record of the audit under a number of the shape that manifests keep; records about nobody name nobody. */
const nobody = '00000000-0000-0000-0000-000000000000';
const asId = (id: string) => `00000000-0000-0000-0000-${BigInt(id).toString(16).padStart(12, '0')}`;

/** 操作履歴 as a file (`screens.md §9`), with purpose and manifest like every other (`rules.md 8.2`). */
export const trailSheet = sheetList<TrailFilter, TrailLine>({
  name: 'auditEvents',
  title: trailTitle,
  columns: trailColumns,
  read: (conditions) => {
    const found = trailInput.safeParse(Object.fromEntries(new URLSearchParams(conditions)));
    return found.success ? found.data : undefined;
  },
  words: trailWords,
  count: trailCount,
  page: trailPage,
  idsOf: (row) => ({ recordId: asId(row.id), personId: row.firstPerson ?? nobody }),
});
