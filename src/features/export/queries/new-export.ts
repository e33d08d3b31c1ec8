import type { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { codeList, settingsOn } from '#features/association/queries/directory.ts';
import { postalMailingsOf } from '#features/own-list/queries/postal-mailings.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { FormValues } from '#platform/http/form.ts';
import type { OfferedColumn, PurposeColumns, SheetList, SheetPreset } from '#platform/sheet/list-definition.ts';
import { mostCounted } from '../labels.ts';
import { listOf } from '../lists.ts';
import { maySeeExport } from '../policy.ts';
import { newExportInput } from '../schema.ts';
import type { ExportRow } from '../store.server.ts';
import { findExport } from '../store.server.ts';

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
  /** Nobody else of the office could say yes: the association above is told instead. */
  alone: boolean;
  columns: { value: string; label: string; sensitive: boolean; spare: boolean }[];
  purposes: { value: string; label: string }[];
  /** Columns that a purpose needs; undefined where they are the same for all. */
  byPurpose: PurposeColumns | undefined;
  /** What an earlier export was made with, when this one is to be made like it. */
  again: FormValues | undefined;
  /** What the list usually goes out for. */
  preset: SheetPreset | undefined;
  /** Things that labels may be for; undefined where the list cannot be written to. */
  mailings: { value: string; label: string }[] | undefined;
  today: Day;
  /** The day that the list was asked for. */
  baseOn: Day;
  deleteBy: Day;
};

async function mailingsOf(tx: ReadTransaction, ctx: Context): Promise<{ value: string; label: string }[]> {
  const own = await postalMailingsOf(tx, officeOf(ctx).associationId, ctx.today);
  return own.map(({ id, name }) => ({ value: String(id), label: name }));
}

type Asked = { list: SheetList; conditions: string; earlier: ExportRow | undefined };

/** The list of the address, or that of an earlier export of the own office. */
async function askedList(tx: ReadTransaction, ctx: Context, input: z.infer<typeof newExportInput>): Promise<Asked | undefined> {
  const earlier = input.from === '' ? undefined : await findExport(tx, input.from);
  if (input.from !== '' && (earlier === undefined || !maySeeExport(ctx.actor, earlier))) return undefined;
  const list = listOf(earlier?.list ?? input.list);
  const conditions = earlier?.conditions ?? input.conditions;
  return list?.fits(conditions) === true ? { list, conditions, earlier } : undefined;
}

/** The form as it was filled in before; the days are those of the new file. */
function valuesOf(earlier: ExportRow): FormValues {
  const { purpose, purposeText, recipient, sensitiveReason, columns, encoding, unmappedWay, labelSheet, mailing } = earlier;
  const typed = { purpose, purposeText, recipient, sensitiveReason, columns, encoding, unmappedWay };
  const labels: FormValues = labelSheet === '' ? {} : { labelSheet, mailing: mailing === null ? '' : String(mailing.id) };
  return { ...typed, ...labels, numbered: earlier.numbered ? '1' : '' };
}

function offered({ code, ...column }: OfferedColumn): NewExport['columns'][number] {
  return { value: code, ...column };
}

/** The form of a new export, with the list's conditions and columns filled in (`screens.md O-23`). Shows no person. */
export const newExport = query({
  name: 'export.new',
  input: newExportInput,
  allow: officeOnly,
  read: async (tx, input, ctx): Promise<NewExport | undefined> => {
    const asked = await askedList(tx, ctx, input);
    if (asked === undefined) return undefined;
    const { list, conditions, earlier } = asked;
    const [settings] = await settingsOn(tx, [officeOf(ctx).associationId], ctx.today);
    if (settings === undefined) throw new Error('an association without settings');
    const rows = await list.count(tx, ctx, { conditions, limit: mostCounted + 1 });
    const { exportKeepDays } = await systemSettingsOf(tx);
    return {
      list: list.name,
      title: list.title,
      conditions,
      words: [...(await list.words(tx, ctx, conditions))],
      count: Math.min(rows, mostCounted),
      orMore: rows > mostCounted,
      threshold: settings.settings.exportThreshold,
      alone: (await activeStaff(tx, officeOf(ctx).associationId, ctx.today)).deciders < 2,
      byPurpose: list.forPurpose,
      again: earlier === undefined ? undefined : valuesOf(earlier),
      columns: (await list.columns(tx, ctx)).map(offered),
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
