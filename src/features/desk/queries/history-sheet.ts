import { refuse } from '#kernel/refusal.ts';
import { historyColumns } from '#features/application/history-sheet-fields.ts';
import { historySheetRows } from '#features/application/queries/history-sheet.ts';
import { query } from '#platform/command/query.ts';
import { membershipHistoryInput } from './membership-history.ts';

/** The doctor's own 入退会履歴 as the lines of a file (`screens.md D-12, §9`), the period as on the screen, the newest day first. */
export const historySheet = query({
  name: 'membership.historySheet',
  input: membershipHistoryInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const lines = await historySheetRows(tx, { personId: ctx.actor.personId, from: input.from, to: input.to, today: ctx.today });
    if (lines === undefined) return undefined;
    const head = historyColumns.map((column) => column.label);
    return { on: ctx.today, rows: [head, ...lines.map((line) => historyColumns.map((column) => column.text(line)))] };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'membership.historySaved', personIds: [ctx.actor.personId] } : undefined,
});
