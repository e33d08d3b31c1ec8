import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import { exportStateLabel } from '../labels.ts';
import type { ShownState } from '../flow.ts';
import { shownState } from '../flow.ts';
import { listTitle } from '../lists.ts';
import type { ListedExport } from '../list.store.server.ts';
import { listExports } from '../list.store.server.ts';
import { exportListInput } from '../schema.ts';

export type ExportLine = Omit<ListedExport, 'state'> & { title: string; purposeLabel: string; shown: ShownState; shownLabel: string };

const pageSize = 50;

/** データ出力の履歴 of the acting office, newest first (`screens.md O-23`). Manifests only, no person. */
export const exportsOf = query({
  name: 'export.list',
  input: exportListInput,
  allow: officeOnly,
  read: async (tx, { after }, ctx): Promise<{ rows: ExportLine[]; after: string | undefined }> => {
    const { associationId } = officeOf(ctx);
    const found = await listExports(tx, { associationId, after, limit: pageSize + 1 });
    const purposes = new Map((await codeList(tx, 'reason.export_purpose', ctx.today)).map((row) => [row.code, row.label]));
    const rows = found.slice(0, pageSize).map(({ state, ...row }) => {
      const shown = shownState({ ...row, state }, ctx.now);
      const purposeLabel = row.purposeText === '' ? (purposes.get(row.purpose) ?? row.purpose) : row.purposeText;
      return { ...row, title: listTitle(row.list), purposeLabel, shown, shownLabel: exportStateLabel(shown) };
    });
    return { rows, after: found.length > pageSize ? rows.at(-1)?.id : undefined };
  },
  audit: 'nothing',
});
