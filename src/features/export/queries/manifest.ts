import { officeOnly } from '#features/application/queries/inbox.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { ShownState } from '../flow.ts';
import { awaitsApproval, isLost, isMaking, shownState } from '../flow.ts';
import { exportStateLabel, labelParts, mostCounted } from '../labels.ts';
import { listOf, listTitle } from '../lists.ts';
import { isOwnFile, mayAnswer, mayFetch, mayReportDeletion, maySeeExport } from '../policy.ts';
import { exportIdInput } from '../schema.ts';
import type { ExportEvent, ExportRow } from '../store.server.ts';
import { findExport, listEvents } from '../store.server.ts';

export type Manifest = Omit<ExportRow, 'fileDigest' | 'idDigest' | 'fileId' | 'staffId' | 'state'> & {
  title: string;
  shown: ShownState;
  shownLabel: string;
  making: boolean;
  /** Rows that the list has now, for whoever is to say yes; undefined once it is decided. */
  expected: number | undefined;
  /** There is no file to be had: it can be asked for again. */
  lost: boolean;
  purposeLabel: string;
  columnLabels: string[];
  fileDigest: string;
  idDigest: string;
  events: ExportEvent[];
  fetched: number;
  deleted: boolean;
  may: { fetch: boolean; answer: boolean; report: boolean; own: boolean };
};

/** The manifest of one file: everything about it but its rows (`screens.md O-23`, `rules.md 8.2`). */
export const manifest = query({
  name: 'export.manifest',
  input: exportIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx): Promise<Manifest | undefined> => {
    const row = await findExport(tx, id);
    if (row === undefined || !maySeeExport(ctx.actor, row)) return undefined;
    const events = await listEvents(tx, id);
    const fetched = events.filter((event) => event.kind === 'fetched').length;
    const deleted = events.some((event) => event.kind === 'deleted');
    const { fileDigest, idDigest, fileId: _file, staffId: _staff, state, ...facts } = row;
    const shown = shownState({ state, fetchUntil: row.fetchUntil, fetched: fetched > 0, deleted }, ctx.now);
    const purposes = await codeList(tx, 'reason.export_purpose', row.baseOn);
    const list = listOf(row.list);
    const offered = (await list?.columns(tx, ctx)) ?? [];
    const countable = awaitsApproval(state) && list?.fits(row.conditions) === true;
    const labels = new Map(offered.map(({ code, label }) => [code, label]));
    return {
      ...facts,
      title: listTitle(row.list),
      shown,
      shownLabel: exportStateLabel(shown),
      making: isMaking(state),
      expected: countable ? await list.count(tx, ctx, { conditions: row.conditions, limit: mostCounted + 1 }) : undefined,
      lost: isLost(shown),
      purposeLabel: purposes.find((one) => one.code === row.purpose)?.label ?? row.purpose,
      columnLabels: row.columns.map((code) => (row.encoding === 'label' ? labelParts[code] : labels.get(code)) ?? code),
      fileDigest: fileDigest?.toString('hex') ?? '',
      idDigest: idDigest?.toString('hex') ?? '',
      events,
      fetched,
      deleted,
      may: {
        fetch: mayFetch(ctx.actor, row, ctx.now) && !deleted,
        answer: mayAnswer(ctx.actor, row),
        report: mayReportDeletion(ctx.actor, row) && !deleted && fetched > 0,
        own: isOwnFile(ctx.actor, row),
      },
    };
  },
  audit: 'nothing',
});
