import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Page } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { shownChangesOf } from '#features/profile/queries/changes.ts';
import type { ShownChange } from '#features/person/schema.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { changedProfile, contentText, reasonText } from '../content.ts';
import { actionsOf, actionText } from '../act-labels.ts';
import { mostCounted, mostPeople, powerText, resultLabels, subjectText } from '../labels.ts';
import { type CheckLine, checkLineOf } from './check.ts';
import { type TrailFilter, trailInput } from '../schema.ts';
import { countTrail, findPeople, listTrail, listUsers, type TrailRow, type TrailScope } from '../trail.store.server.ts';

/** 管理者 and スタッフ; an 外部委託先 has no part in it. */
export function trailOffice(ctx: Context): OfficeActor | undefined {
  return ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? ctx.actor : undefined;
}

/** 管理者 and スタッフ alone read acts. */
export const officeOnly = (ctx: Context): true | Refused => (trailOffice(ctx) === undefined ? refuse('forbidden') : true);

/** The doctors that a condition means; undefined without one. Of a doctor whom nobody knows there is no act. */
async function peopleOf(tx: ReadTransaction, text: string): Promise<{ ids: string[] | undefined; tooMany: boolean }> {
  if (text === '') return { ids: undefined, tooMany: false };
  const found = await findPeople(tx, text, mostPeople + 1);
  const tooMany = found.length > mostPeople;
  return { ids: tooMany ? [] : found, tooMany };
}

/** What the conditions mean for the acting person: 管理者 ask about the office, スタッフ about themselves (O-18). */
export async function scopeOf(tx: ReadTransaction, ctx: Context, filter: TrailFilter): Promise<TrailScope & { tooMany: boolean }> {
  const office = trailOffice(ctx);
  if (office === undefined) throw new Error('only offices ask this');
  const { auditShownDays } = await systemSettingsOf(tx);
  const to = filter.to ?? ctx.today;
  const people = await peopleOf(tx, filter.person);
  const asked = filter.user === '' ? undefined : filter.user;
  return {
    associationId: office.associationId,
    from: filter.from ?? addDays(to, -auditShownDays),
    to,
    accountId: office.role === 'admin' ? asked : office.accountId,
    actions: filter.category === undefined ? undefined : actionsOf(filter.category),
    personIds: people.ids,
    tooMany: people.tooMany,
  };
}

export type TrailLine = Pick<TrailRow, 'id' | 'at' | 'userName' | 'address' | 'firstPerson'> & {
  power: string;
  operation: string;
  subject: string;
  purpose: string;
  /** What was changed, from what to what. */
  content: string;
  result: string;
};

/** Words that many records have in common. */
export type TrailWords = { purposes: ReadonlyMap<string, string>; profiles: ReadonlyMap<string, readonly ShownChange[]> };

/** What some records need to be said in words; changes of data only of doctors whom the office may see. */
export async function wordsFor(tx: ReadTransaction, ctx: Context, rows: readonly TrailRow[]): Promise<TrailWords> {
  const ids = rows.flatMap((row) => changedProfile(row.detail) ?? []);
  return { purposes: await purposeWords(tx, ctx.today), profiles: await shownChangesOf(tx, ctx, ids) };
}

/** A record in words. */
export function lineOf(row: TrailRow, { purposes, profiles }: TrailWords): TrailLine {
  const { id, at, userName, address, firstPerson } = row;
  return {
    id,
    at,
    userName,
    address,
    firstPerson,
    power: powerText(row.onBehalfOf),
    operation: actionText(row.action),
    subject: subjectText(row),
    purpose: purposes.get(row.purpose) ?? (row.purpose === '' ? reasonText(row.detail) : row.purpose),
    content: contentText(row.detail, { profile: profiles.get(changedProfile(row.detail) ?? '') ?? [], said: row.targetName ?? '' }),
    result: resultLabels[row.result] ?? row.result,
  };
}

/** The words of purposes that are kept as codes. */
export async function purposeWords(tx: ReadTransaction, on: Day): Promise<Map<string, string>> {
  return new Map((await codeList(tx, 'reason.export_purpose', on)).map((row) => [row.code, row.label]));
}

export type Trail = Page<TrailLine> & {
  /** Counted up to `mostCounted`. */
  count: number;
  /** The name that was looked for is that of too many doctors. */
  tooMany: boolean;
  filter: TrailFilter;
  from: Day;
  to: Day;
  /** Whose acts may be asked for; empty for スタッフ, who see their own. */
  users: { value: string; label: string }[];
  /** What the last verification says of the records of the office. */
  check: CheckLine;
};

/** 操作履歴 (`screens.md O-18`): who did what, when and for whom, newest first. */
export const trail = query({
  name: 'audit.trail',
  input: trailInput,
  allow: officeOnly,
  read: async (tx, filter, ctx): Promise<Trail> => {
    const scope = await scopeOf(tx, ctx, filter);
    const found = await listTrail(tx, scope, {
      after: filter.after,
      before: filter.before,
      limit: filter.size + 1,
      ascending: filter.sort === 'at',
    });
    const page = pageOf(found, filter, (row) => row.id);
    const words = await wordsFor(tx, ctx, page.rows);
    const users = trailOffice(ctx)?.role === 'admin' ? await listUsers(tx, scope.associationId) : [];
    return {
      ...page,
      rows: page.rows.map((row) => lineOf(row, words)),
      count: await countTrail(tx, scope, mostCounted + 1),
      tooMany: scope.tooMany,
      filter,
      from: scope.from,
      to: scope.to,
      users: users.map(({ accountId, name }) => ({ value: accountId, label: name })),
      check: await checkLineOf(tx, scope.associationId),
    };
  },
  audit: (found) => ({ action: 'audit.listed', detail: { rows: found.rows.length } }),
});

/** Pages of the whole list for its file. */
export async function trailPage(tx: ReadTransaction, ctx: Context, ask: { filter: TrailFilter; after: string; limit: number }) {
  const scope = await scopeOf(tx, ctx, ask.filter);
  const found = await listTrail(tx, scope, { after: ask.after, before: '', limit: ask.limit, ascending: ask.filter.sort === 'at' });
  const words = await wordsFor(tx, ctx, found);
  return { rows: found.map((row) => lineOf(row, words)), after: found.length < ask.limit ? undefined : found.at(-1)?.id };
}

/** How many lines the file will have, up to a limit. */
export async function trailCount(tx: ReadTransaction, ctx: Context, ask: { filter: TrailFilter; limit: number }): Promise<number> {
  return await countTrail(tx, await scopeOf(tx, ctx, ask.filter), ask.limit);
}
