import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { officeOf } from '#features/application/queries/inbox.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { CategoryMove } from '#features/own-list/queries/category-move.ts';
import { categoryMoveOf, countToMove, membersToMove } from '#features/own-list/queries/category-move.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import { categoryMoveTexts, kindWords, sheetColumns } from '../messages.ts';
import type { SheetColumn } from '../messages.ts';
import { columnNames } from '../rules.ts';

/** The members of a 会員区分 that ends, as lines of CSVで代理申請 (`screens.md O-20`): what only the office knows is left open. */

type Filter = { categoryId: number };

type Row = { personId: string; licence: string; birthOn: Day; from: Day; code: string; association: string; layer: number };

function read(conditions: string): Filter | undefined {
  const id = new URLSearchParams(conditions).get('category') ?? '';
  return /^\d{1,9}$/.test(id) ? { categoryId: Number(id) } : undefined;
}

const filled: Partial<Record<SheetColumn, (row: Row) => string>> = {
  kind: () => kindWords.change,
  licence: (row) => row.licence,
  birthOn: (row) => formatDayPlain(row.birthOn),
  wishedOn: (row) => formatDayPlain(row.from),
  association: (row) => row.association,
};

function cellOf(column: SheetColumn, row: Row): string {
  return column === `category${row.layer}` ? row.code : (filled[column]?.(row) ?? '');
}

async function moveOf(tx: ReadTransaction, ctx: Context, { categoryId }: Filter): Promise<CategoryMove | undefined> {
  return await categoryMoveOf(tx, officeOf(ctx).associationId, categoryId);
}

/** The file of O-23 that CSVで代理申請 takes once 異動事由, 根拠 and 依頼日 are filled in; a line each, up to 500 in one filing. */
export const categoryMoveSheet = sheetList<Filter, Row>({
  name: 'categoryMoves',
  title: categoryMoveTexts.title,
  columns: columnNames.map((code) => ({
    code,
    label: sheetColumns[code],
    sensitive: code === 'birthOn',
    text: (row) => cellOf(code, row),
  })),
  read,
  words: async (filter, tx, ctx) => {
    const move = await moveOf(tx, ctx, filter);
    return move === undefined ? [] : categoryMoveTexts.words(move.name, formatDayPlain(move.endsOn), move.to.name);
  },
  count: async (tx, ctx, { filter, limit }) => {
    const move = await moveOf(tx, ctx, filter);
    return move === undefined ? 0 : Math.min(await countToMove(tx, move), limit);
  },
  page: async (tx, ctx, { filter, after, limit }) => {
    const move = await moveOf(tx, ctx, filter);
    const [own] = await associationsById(tx, [officeOf(ctx).associationId], ctx.today);
    if (move === undefined || own === undefined) return { rows: [], after: undefined };
    const found = await membersToMove(tx, move, { after, limit });
    const common = { from: move.from, code: move.to.code, association: own.code, layer: own.layer };
    return { rows: found.map((one) => ({ ...one, ...common })), after: found.length < limit ? undefined : found.at(-1)?.personId };
  },
  idsOf: ({ personId }) => ({ recordId: personId, personId }),
  preset: async () => await Promise.resolve(categoryMoveTexts.preset),
});
