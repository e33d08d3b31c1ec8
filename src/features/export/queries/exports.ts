import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { pageOf } from '#kernel/paging.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import { exportStateLabel } from '../labels.ts';
import type { ShownState } from '../flow.ts';
import { shownState } from '../flow.ts';
import { listTitle } from '../lists.ts';
import type { ListedExport } from '../list.store.server.ts';
import { countExports, listExports } from '../list.store.server.ts';
import type { ExportFilter } from '../schema.ts';
import { exportListInput } from '../schema.ts';

export type ExportLine = Omit<ListedExport, 'state'> & { title: string; purposeLabel: string; shown: ShownState; shownLabel: string };

export type ExportPage = {
  rows: ExportLine[];
  count: number;
  before: string | undefined;
  after: string | undefined;
  filter: ExportFilter;
  purposes: { value: string; label: string }[];
};

/** データ出力の履歴 of the acting office, newest first (`screens.md O-23`). Manifests only, no person. */
export const exportsOf = query({
  name: 'export.list',
  input: exportListInput,
  allow: officeOnly,
  read: async (tx, filter, ctx): Promise<ExportPage> => {
    const asked = { associationId: officeOf(ctx).associationId, filter, now: ctx.now };
    const page = pageOf(await listExports(tx, asked), filter, (row) => row.id);
    const codes = await codeList(tx, 'reason.export_purpose', ctx.today);
    const purposes = new Map(codes.map((row) => [row.code, row.label]));
    const rows = page.rows.map(({ state, ...row }) => {
      const shown = shownState({ ...row, state }, ctx.now);
      const purposeLabel = row.purposeText === '' ? (purposes.get(row.purpose) ?? row.purpose) : row.purposeText;
      return { ...row, title: listTitle(row.list), purposeLabel, shown, shownLabel: exportStateLabel(shown) };
    });
    return {
      ...page,
      rows,
      count: await countExports(tx, asked),
      filter,
      purposes: codes.map((row) => ({ value: row.code, label: row.label })),
    };
  },
  audit: 'nothing',
});
