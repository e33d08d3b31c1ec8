import type { FieldErrors } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { boardMeetingsOf } from '#features/application/queries/bulk-approval.ts';
import { bulkCases, inboxIds } from '#features/application/queries/bulk-cases.ts';
import { officeOnly } from '#features/application/queries/inbox.ts';
import { inboxInput } from '#features/application/queries/inbox-filter.ts';
import type { ApplicationKind, ApplicationState } from '#features/application/flow.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { readFields } from '#platform/http/form.ts';
import type { Day } from '#kernel/day.ts';
import { actionOf, judgeAll } from '../actions.ts';
import type { Verdict } from '../rules.ts';
import type { BulkActionName, CheckInput } from '../schema.ts';
import { checkInput, mostRows, runIdInput } from '../schema.ts';
import { findRun, listResults } from '../store.server.ts';

export type CheckRow = {
  id: string;
  version: number;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  name: string;
  kana: string;
  licence: string;
  wishedOn: Day | null;
} & Omit<Verdict, 'input'>;

export type Check = {
  action: BulkActionName;
  rows: CheckRow[];
  personIds: string[];
  /** Chosen cases that are out of scope or not there. */
  gone: number;
  /** More cases fit the conditions than one run may hold. */
  tooMany: boolean;
  /** What the verdicts speak of; `bulk.start` asks for the same. */
  checkedFor: string;
  /** Messages at the common input as it stands. */
  errors: FieldErrors | undefined;
  reasons: { value: string; label: string }[];
  boardMeetings: Day[];
};

async function chosenIds(tx: ReadTransaction, ctx: Context, input: CheckInput): Promise<string[]> {
  if (!input.all) return [...new Set(input.id)];
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(input.conditions)) form.append(name, value);
  const filter = inboxInput.safeParse(readFields(form).input);
  return filter.success ? await inboxIds(tx, ctx, { filter: filter.data, limit: mostRows + 1 }) : [];
}

async function reasonsFor(tx: ReadTransaction, ctx: Context, action: BulkActionName): Promise<Check['reasons']> {
  if (action !== 'return' && action !== 'cancel') return [];
  return (await codeList(tx, `reason.${action}`, ctx.today)).map((row) => ({ value: row.code, label: row.label }));
}

type Asked = { action: BulkActionName; ids: readonly string[]; common: unknown };

async function readCheck(tx: ReadTransaction, ctx: Context, asked: Asked): Promise<Check> {
  const { action, common } = asked;
  const ids = asked.ids.slice(0, mostRows);
  const cases = await bulkCases(tx, ctx, ids);
  const verdicts = await judgeAll(tx, ctx, { action, common, cases });
  const table = actionOf(action);
  return {
    action,
    rows: cases.flatMap(({ head, target }, place) => {
      const verdict = verdicts[place];
      if (verdict === undefined) return [];
      const { id, number, kind, state, name, kana, licence } = head;
      const { level, reasons, will } = verdict;
      return [{ id, version: target.version, number, kind, state, name, kana, licence, wishedOn: target.wishedOn, level, reasons, will }];
    }),
    personIds: [...new Set(cases.map(({ target }) => target.personId))],
    gone: ids.length - cases.length,
    tooMany: asked.ids.length > mostRows,
    checkedFor: table.readingOf(common),
    errors: table.errorsOf(common),
    reasons: await reasonsFor(tx, ctx, action),
    boardMeetings: action === 'approve' ? await boardMeetingsOf(tx, ctx) : [],
  };
}

function seen(value: Check) {
  return { action: 'application.listed', personIds: value.personIds, detail: { bulk: value.action, rows: value.rows.length } };
}

/** Page 1 of 一括操作: every chosen case with what will happen to it (`screens.md O-04`). */
export const check = query({
  name: 'bulk.check',
  input: checkInput,
  allow: officeOnly,
  read: async (tx, input, ctx) => await readCheck(tx, ctx, { ...input, ids: await chosenIds(tx, ctx, input) }),
  audit: seen,
});

/** The same for the rows of a run that were not carried out: 未実行の申請を再実行. */
export const checkAgain = query({
  name: 'bulk.checkAgain',
  input: runIdInput,
  allow: (ctx) => (ctx.actor.kind === 'office' ? officeOnly(ctx) : refuse('forbidden')),
  read: async (tx, { id }, ctx) => {
    const bulk = await findRun(tx, id);
    if (bulk === undefined) return undefined;
    const results = await listResults(tx, id, { after: 0, limit: mostRows });
    const ids = results.filter((row) => !row.done).map((row) => row.applicationId);
    return await readCheck(tx, ctx, { action: bulk.action, ids, common: {} });
  },
  audit: seen,
});
