import { mayPlanSettings, officeOfSettings } from '#features/association/policy.ts';
import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { countMembersByCategory, listAllCategories } from '../category.store.server.ts';
import { officeOnly } from '../commands/own-office.ts';
import { listFields } from '../field.store.server.ts';
import { fieldKinds, mailingKinds } from '../labels.ts';
import { listMailings } from '../mailing.store.server.ts';
import { listNoticeCategories } from '../notice-category.store.server.ts';
import type { EntryState } from '../rules.ts';
import { stateOn } from '../rules.ts';
import type { ListTab } from '../schema.ts';
import { tabInput } from '../schema.ts';

/** The four lists of 送付物・会員区分設定 (`screens.md O-20`). Nothing about a person. */

type Line = { id: number; name: string; state: EntryState };
export type MailingLine = Line & { kind: string; categories: string[]; refusable: boolean; startsOn: Day; endsOn: Day | null };
export type CategoryLine = Line & {
  code: string;
  description: string;
  jma: string;
  trainee: boolean;
  startsOn: Day;
  endsOn: Day | null;
  members: number;
};
export type NoticeCategoryLine = Line;
export type FieldLine = Line & { kind: string; shown: boolean };

export type ListRows =
  | { tab: 'mailings'; rows: MailingLine[] }
  | { tab: 'member-categories'; rows: CategoryLine[] }
  | { tab: 'notice-categories'; rows: NoticeCategoryLine[]; common: string[] }
  | { tab: 'fields'; rows: FieldLine[] };

export type ListView = { list: ListRows; mayKeep: boolean };

const jmaId = 0;

/** The word of a kind that is kept as text. */
export function wordOf(words: Readonly<Record<string, string>>, kind: string): string {
  return words[kind] ?? kind;
}

type Of = { associationId: number; today: Day };

async function mailingLines(tx: ReadTransaction, { associationId, today }: Of): Promise<MailingLine[]> {
  const nameOf = new Map((await listAllCategories(tx, associationId)).map((row) => [row.id, row.name]));
  return (await listMailings(tx, associationId)).map((row) => ({
    id: row.id,
    name: row.name,
    state: stateOn(row, today),
    kind: wordOf(mailingKinds, row.kind),
    categories: row.categoryIds.map((id) => nameOf.get(id) ?? ''),
    refusable: row.refusable,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
  }));
}

async function categoryLines(tx: ReadTransaction, { associationId, today }: Of): Promise<CategoryLine[]> {
  const ofJma = new Map((await listAllCategories(tx, jmaId)).map((row) => [row.code, row.name]));
  const members = await countMembersByCategory(tx, associationId, today);
  return (await listAllCategories(tx, associationId)).map((row) => ({
    id: row.id,
    name: row.name,
    state: stateOn(row, today),
    code: row.code,
    description: row.description,
    jma: row.jmaCode === null ? '' : (ofJma.get(row.jmaCode) ?? row.jmaCode),
    trainee: row.trainee,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    members: members.get(row.id) ?? 0,
  }));
}

async function noticeLines(tx: ReadTransaction, { associationId, today }: Of): Promise<{ rows: NoticeCategoryLine[]; common: string[] }> {
  const rows = (await listNoticeCategories(tx, associationId)).map(({ id, name, endsOn }) => ({
    id,
    name,
    state: stateOn({ endsOn }, today),
  }));
  const common = await listNoticeCategories(tx, null);
  return { rows, common: common.filter((row) => stateOn(row, today) === 'current').map((row) => row.name) };
}

async function fieldLines(tx: ReadTransaction, { associationId, today }: Of): Promise<FieldLine[]> {
  return (await listFields(tx, associationId)).map((row) => ({
    id: row.id,
    name: row.name,
    state: stateOn(row, today),
    kind: wordOf(fieldKinds, row.kind),
    shown: row.shown,
  }));
}

async function rowsOf(tx: ReadTransaction, tab: ListTab, of: Of): Promise<ListRows> {
  if (tab === 'mailings') return { tab, rows: await mailingLines(tx, of) };
  if (tab === 'member-categories') return { tab, rows: await categoryLines(tx, of) };
  if (tab === 'notice-categories') return { tab, ...(await noticeLines(tx, of)) };
  return { tab, rows: await fieldLines(tx, of) };
}

/** One of the four lists. */
export const ownList = query({
  name: 'ownList.list',
  input: z.object({ tab: tabInput }),
  allow: officeOnly,
  read: async (tx, { tab }, ctx): Promise<ListView | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const list = await rowsOf(tx, tab, { associationId: office.associationId, today: ctx.today });
    return { list, mayKeep: mayPlanSettings(ctx.actor) };
  },
  audit: 'nothing',
});
