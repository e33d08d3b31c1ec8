import type { z } from 'zod';
import { addDays } from '#kernel/day.ts';
import { holdRefusal } from '#kernel/factor-hold.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { reasonExists } from '#features/association/queries/reasons.ts';
import { postalMailingsOf } from '#features/own-list/queries/postal-mailings.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { OfferedColumn, SheetList } from '#platform/sheet/list-definition.ts';
import { mostLabels } from '../fields.ts';
import { labelParts, mostCounted } from '../labels.ts';
import { listOf } from '../lists.ts';
import { exportTexts } from '../messages.ts';
import { makeExportInput } from '../schema.ts';
import { insertExport } from '../store.server.ts';

type Input = z.infer<typeof makeExportInput>;

/** 削除予定日 lies at most a year ahead (`screens.md O-23`). */
const mostKeepDays = 366;

type Loaded = {
  rows: number;
  /** What the list offers, and its conditions in words; nothing where they make no sense. */
  columns: readonly OfferedColumn[];
  conditionWords: readonly string[];
  purposeKnown: boolean;
  threshold: number;
  /** Others of the office who could say yes to a large file. */
  colleagues: number;
  /** The thing that the labels are for; undefined when it is none of our own. */
  mailing: { id: number; name: string } | null | undefined;
};

/** The conditions as of 基準日: what the form says is what the file holds. */
function conditionsOn(list: SheetList, { conditions, baseOn }: Input): string {
  return list.dayOf(conditions) === baseOn ? conditions : list.onDay(conditions, baseOn);
}

const noOffice: Loaded = { rows: 0, columns: [], conditionWords: [], purposeKnown: true, threshold: 0, colleagues: 0, mailing: null };

function flawOf(ctx: Context, input: Input, offered: Loaded['columns']) {
  const list = listOf(input.list);
  if (list === undefined) return refuse('notFound');
  if (!list.fits(input.conditions)) return refuseFields({ '': [exportTexts.badConditions] });
  if (input.encoding === 'label' && list.labels === undefined) return refuseFields({ encoding: [exportTexts.noLabels] });
  const chosen = input.encoding === 'label' ? [] : offered.filter(({ code }) => input.columns.includes(code));
  if (input.encoding !== 'label' && chosen.length === 0) return refuseFields({ columns: [exportTexts.chooseColumns] });
  if (chosen.some((column) => column.sensitive) && input.sensitiveReason === '')
    return refuseFields({ sensitiveReason: [messages.req(exportTexts.sensitiveReason)] });
  const last = addDays(ctx.today, mostKeepDays);
  if (input.deleteBy < ctx.today || input.deleteBy > last)
    return refuseFields({ deleteBy: [messages.window(exportTexts.deleteBy, formatDayPlain(ctx.today), formatDayPlain(last))] });
  return undefined;
}

/** What of the form is kept for the manifest and for the job. */
function keptOf(list: SheetList, input: Input, { columns: offered, conditionWords, mailing }: Loaded) {
  const { purpose, purposeText, recipient, sensitiveReason, baseOn, encoding, unmappedWay, numbered, deleteBy } = input;
  const labels = encoding === 'label';
  const chosen = offered.filter(({ code }) => input.columns.includes(code)).map(({ code }) => code);
  return {
    list: list.name,
    conditions: conditionsOn(list, input),
    conditionWords: [...conditionWords],
    columns: labels ? Object.keys(labelParts) : chosen,
    purpose,
    purposeText,
    recipient,
    sensitiveReason,
    baseOn,
    encoding,
    unmappedWay,
    numbered,
    deleteBy,
    labelSheet: labels ? input.labelSheet : ('' as const),
    mailing: labels ? (mailing ?? null) : null,
  };
}

/**
 * 作成する (`rules.md 8.2`): keeps purpose, conditions and columns of a file; a job makes it. From the number of rows in
 * the association's settings on a second person has to say yes first; where there is none, the association above is told.
 */
export const makeExport = command({
  name: 'export.make',
  input: makeExportInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input, ctx): Promise<Loaded | undefined> => {
    if (officeOnly(ctx) !== true) return noOffice;
    const list = listOf(input.list);
    if (list === undefined) return undefined;
    const { associationId } = officeOf(ctx);
    const [settings] = await settingsOn(tx, [associationId], ctx.today);
    if (settings === undefined) throw new Error('an association without settings');
    const threshold = settings.settings.exportThreshold;
    const limit = Math.max(threshold, mostCounted + 1);
    const fits = list.fits(input.conditions);
    const conditions = fits ? conditionsOn(list, input) : '';
    const rows = fits ? await list.count(tx, ctx, { conditions, limit }) : 0;
    const mailings = input.mailing === null ? [] : await postalMailingsOf(tx, associationId, ctx.today);
    return {
      rows,
      columns: await list.columns(tx, ctx),
      conditionWords: fits ? await list.words(tx, ctx, conditions) : [],
      threshold,
      mailing: input.mailing === null ? null : mailings.find((one) => one.id === input.mailing),
      purposeKnown: await reasonExists(tx, { use: 'export_purpose', codes: [input.purpose], on: ctx.today }),
      colleagues: (await activeStaff(tx, associationId, ctx.today)).deciders - 1,
    };
  },
  allow: (ctx) => {
    const allowed = officeOnly(ctx);
    return allowed === true ? (holdRefusal(ctx.actor, ctx.now) ?? true) : allowed;
  },
  decide: (ctx, loaded, input) => {
    const flaw = flawOf(ctx, input, loaded.columns);
    if (flaw !== undefined) return flaw;
    if (!loaded.purposeKnown) return refuseFields({ purpose: [exportTexts.unknownPurpose] });
    if (loaded.rows === 0) return refuseFields({ '': [exportTexts.nothing] });
    if (input.encoding === 'label') {
      if (loaded.mailing === undefined) return refuseFields({ mailing: [exportTexts.unknownMailing] });
      if (loaded.rows > mostLabels) return refuseFields({ '': [exportTexts.tooManyLabels(mostLabels)] });
    }
    const large = loaded.rows >= loaded.threshold;
    return accepted({ large: large && loaded.colleagues > 0, alone: large && loaded.colleagues <= 0 });
  },
  save: async (tx, { ctx, target, decision, input }) => {
    const office = officeOf(ctx);
    const list = listOf(input.list);
    if (list === undefined) throw new Error('the list has gone while it was asked for');
    const id = newId();
    const kept = keptOf(list, input, target);
    const { columns, encoding, purpose } = kept;
    const number = await insertExport(tx, {
      ...kept,
      id,
      associationId: office.associationId,
      accountId: office.accountId,
      staffId: office.staffId,
      actorName: office.displayName,
      state: decision.large ? 'approval' : 'making',
      createdAt: ctx.now,
      year: Number(ctx.today.slice(0, 4)),
    });
    const { large, alone } = decision;
    const payload = { exportId: id, rows: target.rows };
    return {
      value: { id, number, large, alone },
      audit: { action: 'export.make', target: id, purpose, detail: { list: list.name, columns, encoding, number, rows: target.rows } },
      events: [{ kind: large ? 'export.awaiting' : 'export.asked', payload }, ...(alone ? [{ kind: 'export.askedAlone', payload }] : [])],
    };
  },
});
