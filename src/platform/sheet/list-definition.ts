import type { Day } from '#kernel/day.ts';
import type { Context } from '../context.ts';
import type { ReadTransaction } from '../db/transaction.ts';
import type { LabelOmission, SheetLabel } from './address-label.ts';

/** A list that can be taken out as a file (`rules.md 8.2`): its columns, and how it is read page by page. */

export type SheetColumn<Row> = {
  code: string;
  /** Head of the column in the file (`screens.md §9`). */
  label: string;
  /** Off until ticked with a reason (`screens.md O-23`). */
  sensitive?: boolean;
  /** Offered, but off until ticked. */
  spare?: boolean;
  text: (row: Row) => string;
};

/** What the file keeps of one row besides its cells: the record itself and the doctor it is about. */
export type SheetIds = { recordId: string; personId: string };

export type SheetPage<Row> = {
  rows: readonly Row[] /** Where the next page begins; undefined after the last. */;
  after: string | undefined;
};

/** A row of a list as a label, or why there is none. */
export type LabelRow = SheetIds & { label: SheetLabel | LabelOmission };

export type ListSpec<Filter, Row> = {
  /** Code of the list in the database, e.g. `applications`. */
  name: string;
  /** The kind of file in Japanese, also a part of its name: 申請一覧. */
  title: string;
  columns: readonly SheetColumn<Row>[];
  /** Conditions as they stand in the address of the list; undefined when they make no sense. */
  read: (conditions: string) => Filter | undefined;
  /** The conditions in words, for the manifest. */
  words: (filter: Filter, tx: ReadTransaction, ctx: Context) => readonly string[] | Promise<readonly string[]>;
  /** Rows that fit, counted up to `limit`. */
  count: (tx: ReadTransaction, ctx: Context, ask: { filter: Filter; limit: number }) => Promise<number>;
  /** One page by key, never by a deep offset. */
  page: (tx: ReadTransaction, ctx: Context, ask: { filter: Filter; after: string; limit: number }) => Promise<SheetPage<Row>>;
  idsOf: (row: Row) => SheetIds;
  /** One page as address labels, for lists of people who are written to; `mailing` is the thing that is sent. */
  labels?: (
    tx: ReadTransaction,
    ctx: Context,
    ask: { filter: Filter; after: string; limit: number; mailing: number | null },
  ) => Promise<SheetPage<LabelRow>>;
  /** Of a list as of a day: the day that its conditions ask for, and the same conditions for another day. */
  day?: { of: (filter: Filter) => Day | undefined; on: (conditions: string, day: Day) => string };
  /** What the form of a new export begins with. */
  preset?: (tx: ReadTransaction, filter: Filter) => Promise<SheetPreset>;
  forPurpose?: PurposeColumns;
};

/** The columns that a purpose needs, by its code; a purpose without an entry begins with every column that is not sensitive. */
export type PurposeColumns = Readonly<Record<string, readonly string[]>>;

/** 目的 and 提供先 that a list usually goes out for. */
export type SheetPreset = {
  purpose: string;
  recipient: string;
  purposeText?: string;
  /** A list of one layout needs all of its columns, sensitive ones with their reason too. */
  whole?: { sensitiveReason: string };
};

export type SheetRow = SheetIds & { cells: readonly string[] };

/** A column as the form of an export offers it. */
export type OfferedColumn = { code: string; label: string; sensitive: boolean; spare: boolean };

/** Columns that an office has defined for itself; they follow those that every office has. */
export type OwnColumns = {
  offered: (tx: ReadTransaction, ctx: Context) => Promise<readonly OfferedColumn[]>;
  /** The cells of the chosen columns for some rows, by record; a row without any has no entry. */
  cells: (
    tx: ReadTransaction,
    ctx: Context,
    ask: { rows: readonly SheetIds[]; codes: readonly string[] },
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
};

/** A list without the types of its rows, as the exports use it. */
export type SheetList = {
  name: string;
  title: string;
  /** What the acting office may choose from, in the order of the file. */
  columns: (tx: ReadTransaction, ctx: Context) => Promise<readonly OfferedColumn[]>;
  /** True when the conditions can be read. */
  fits: (conditions: string) => boolean;
  words: (tx: ReadTransaction, ctx: Context, conditions: string) => Promise<readonly string[]>;
  /** The day that the conditions ask for; undefined for today. */
  dayOf: (conditions: string) => Day | undefined;
  /** 基準日 (`screens.md O-23`): the conditions for this day, where the list is one as of a day. */
  onDay: (conditions: string, day: Day) => string;
  count: (tx: ReadTransaction, ctx: Context, ask: { conditions: string; limit: number }) => Promise<number>;
  preset: (tx: ReadTransaction, conditions: string) => Promise<SheetPreset | undefined>;
  /** Undefined for a list whose columns are the same for every purpose. */
  forPurpose: PurposeColumns | undefined;
  /** All rows in pages, with the cells of the chosen columns. */
  pages: (
    tx: ReadTransaction,
    ctx: Context,
    ask: { conditions: string; columns: readonly string[] },
  ) => AsyncGenerator<readonly SheetRow[]>;
  /** All rows in pages as address labels; undefined for a list that is not written to. */
  labels:
    | ((tx: ReadTransaction, ctx: Context, ask: { conditions: string; mailing: number | null }) => AsyncGenerator<readonly LabelRow[]>)
    | undefined;
};

/** Pages by key until the last. */
async function* pagesOf<Row>(read: (after: string) => Promise<SheetPage<Row>>): AsyncGenerator<readonly Row[]> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: SheetPage<Row> = await read(after);
    yield page.rows;
    ({ after } = page);
  }
}

const pageRows = 500;

function offeredOf({ code, label, sensitive, spare }: Pick<SheetColumn<never>, 'code' | 'label' | 'sensitive' | 'spare'>): OfferedColumn {
  return { code, label, sensitive: sensitive === true, spare: spare === true };
}

/** A list with the columns that the acting office has added behind the others. */
export function withOwnColumns(list: SheetList, own: OwnColumns): SheetList {
  return {
    ...list,
    columns: async (tx, ctx) => [...(await list.columns(tx, ctx)), ...(await own.offered(tx, ctx))],
    pages: async function* (tx, ctx, ask) {
      const codes = (await own.offered(tx, ctx)).map(({ code }) => code).filter((code) => ask.columns.includes(code));
      for await (const rows of list.pages(tx, ctx, ask)) {
        const added = codes.length === 0 ? new Map<string, readonly string[]>() : await own.cells(tx, ctx, { rows, codes });
        yield rows.map((row) => ({ ...row, cells: [...row.cells, ...(added.get(row.recordId) ?? codes.map(() => ''))] }));
      }
    },
  };
}

/** Makes a list ready to be taken out. */
export function sheetList<Filter, Row>(spec: ListSpec<Filter, Row>): SheetList {
  const { name, title, labels } = spec;
  function filterOf(conditions: string): Filter {
    const filter = spec.read(conditions);
    if (filter === undefined) throw new RangeError(`conditions of ${name} that make no sense`);
    return filter;
  }
  return {
    name,
    title,
    columns: async () => await Promise.resolve(spec.columns.map(offeredOf)),
    fits: (conditions) => spec.read(conditions) !== undefined,
    words: async (tx, ctx, conditions) => await spec.words(filterOf(conditions), tx, ctx),
    dayOf: (conditions) => spec.day?.of(filterOf(conditions)),
    onDay: (conditions, day) => spec.day?.on(conditions, day) ?? conditions,
    preset: async (tx, conditions) => await spec.preset?.(tx, filterOf(conditions)),
    forPurpose: spec.forPurpose,
    count: async (tx, ctx, { conditions, limit }) => await spec.count(tx, ctx, { filter: filterOf(conditions), limit }),
    pages: async function* (tx, ctx, { conditions, columns }) {
      const filter = filterOf(conditions);
      const chosen = spec.columns.filter(({ code }) => columns.includes(code));
      for await (const rows of pagesOf((after) => spec.page(tx, ctx, { filter, after, limit: pageRows })))
        yield rows.map((row) => ({ ...spec.idsOf(row), cells: chosen.map(({ text }) => text(row)) }));
    },
    labels:
      labels === undefined
        ? undefined
        : (tx, ctx, { conditions, mailing }) => {
            const filter = filterOf(conditions);
            return pagesOf((after) => labels(tx, ctx, { filter, after, limit: pageRows, mailing }));
          },
  };
}
