import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { codeList, settingsOn } from '#features/association/queries/directory.ts';
import { postalMailingsOf } from '#features/own-list/queries/postal-mailings.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { SheetPreset } from '#platform/sheet/list-definition.ts';
import { mostLabels } from '../fields.ts';
import { listOf } from '../lists.ts';
import { newExportInput } from '../schema.ts';

export type NewExport = {
  list: string;
  title: string;
  conditions: string;
  words: string[];
  count: number;
  /** Counting stopped there. */
  orMore: boolean;
  /** From so many rows on a second person is asked. */
  threshold: number;
  columns: { value: string; label: string; sensitive: boolean; spare: boolean }[];
  purposes: { value: string; label: string }[];
  /** What the list usually goes out for. */
  preset: SheetPreset | undefined;
  /** Things that labels may be for; undefined where the list cannot be written to. */
  mailings: { value: string; label: string }[] | undefined;
  today: Day;
  /** The day that the list was asked for. */
  baseOn: Day;
  deleteBy: Day;
};

/** More labels than one export may have are told from those that may. */
const mostCounted = mostLabels;

async function mailingsOf(tx: ReadTransaction, ctx: Context): Promise<{ value: string; label: string }[]> {
  const own = await postalMailingsOf(tx, officeOf(ctx).associationId, ctx.today);
  return own.map(({ id, name }) => ({ value: String(id), label: name }));
}

/** The form of a new export, with the list's conditions and columns filled in (`screens.md O-23`). Shows no person. */
export const newExport = query({
  name: 'export.new',
  input: newExportInput,
  allow: officeOnly,
  read: async (tx, { list: name, conditions }, ctx): Promise<NewExport | undefined> => {
    const list = listOf(name);
    if (list === undefined || !list.fits(conditions)) return undefined;
    const [settings] = await settingsOn(tx, [officeOf(ctx).associationId], ctx.today);
    if (settings === undefined) throw new Error('an association without settings');
    const rows = await list.count(tx, ctx, { conditions, limit: mostCounted + 1 });
    const { exportKeepDays } = await systemSettingsOf(tx);
    return {
      list: name,
      title: list.title,
      conditions,
      words: [...(await list.words(tx, ctx, conditions))],
      count: Math.min(rows, mostCounted),
      orMore: rows > mostCounted,
      threshold: settings.settings.exportThreshold,
      columns: (await list.columns(tx, ctx)).map(({ code, ...column }) => ({ value: code, ...column })),
      purposes: (await codeList(tx, 'reason.export_purpose', ctx.today)).map((row) => ({ value: row.code, label: row.label })),
      preset: await list.preset(tx, conditions),
      mailings: list.labels === undefined ? undefined : await mailingsOf(tx, ctx),
      today: ctx.today,
      baseOn: list.dayOf(conditions) ?? ctx.today,
      deleteBy: addDays(ctx.today, exportKeepDays),
    };
  },
  audit: 'nothing',
});
