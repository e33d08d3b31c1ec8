import type { Day } from '#kernel/day.ts';
import { codeLists } from '#features/association/queries/directory.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import { listMemberFacts, listMemberWork } from '../member-sheet.store.server.ts';
import { countMatching } from '../member-tally.store.server.ts';
import type { CodeWord } from '../sheet-fields.ts';
import { memberWords } from '../sheet-fields.ts';
import { listMembers } from '../member.store.server.ts';
import type { MemberSheetRow, MemberWork } from '../sheet-fields.ts';
import { memberColumnsByPurpose } from '../sheet-presets.ts';
import { facilityMemberColumns, facilityMembersTitle, memberSheetColumns, memberSheetTitle, withoutContact } from '../sheet-fields.ts';
import { fadedAmong } from './faded.ts';
import type { MemberFilter } from './member-filter.ts';
import { readMemberConditions } from './member-filter.ts';
import { wordsFor } from './member-choices.ts';
import { memberLabelPage } from './member-labels.ts';
import { lineOf, memberScope, phaseOn, readAround } from './members.ts';

/** 施設への所属会員情報の提供 (`reasons.csv`). */
const toFacility = 'E05';

const words = ['ownerType', 'work', 'position', 'designation', 'department', 'school', 'prefecture', 'reason.withdrawal'] as const;

async function codeWords(tx: ReadTransaction, ctx: Context): Promise<CodeWord> {
  const codes = await codeLists(tx, words, ctx.today);
  const lists = new Map<string, ReadonlyMap<string, string>>(
    words.map((list) => [list, new Map(codes(list).map((row) => [row.code, row.label]))]),
  );
  return (list, code) => lists.get(list)?.get(code) ?? code;
}

type Ask = { filter: MemberFilter; after: string; limit: number };

/** A page of members with everything that a file may hold of them. */
export async function memberSheetPage(tx: ReadTransaction, ctx: Context, ask: Ask) {
  const scope = await memberScope(tx, ctx, ask.filter);
  const found = await listMembers(
    tx,
    { ...scope, walking: scope.large },
    {
      filter: ask.filter,
      from: ask.after,
      backwards: false,
      limit: ask.limit,
      dense: scope.large,
    },
  );
  const ids = found.map((row) => row.personId);
  const around = await readAround(tx, ids, scope);
  const faded = await fadedAmong(tx, ctx, ids);
  const known = await listMemberFacts(tx, ids);
  const facts = new Map(known.map((row) => [row.personId, faded.has(row.personId) ? withoutContact(row) : row]));
  const work = new Map<string, MemberWork[]>();
  for (const one of await listMemberWork(tx, ids, scope)) work.set(one.personId, [...(work.get(one.personId) ?? []), one]);
  const word = await codeWords(tx, ctx);
  const rows: MemberSheetRow[] = found.map((row) => ({
    line: lineOf(row, around),
    facts: facts.get(row.personId),
    work: phaseOn(work.get(row.personId) ?? [], scope.on),
    word,
  }));
  return { rows, after: found.length < ask.limit ? undefined : found.at(-1)?.personId };
}

/** How many members a file will hold, up to a limit. */
export async function memberSheetCount(tx: ReadTransaction, ctx: Context, ask: { filter: MemberFilter; limit: number }): Promise<number> {
  return await countMatching(tx, await memberScope(tx, ctx, ask.filter), ask);
}

/** 基準日 of the list is that of its file. */
const memberDay = {
  of: (filter: MemberFilter) => filter.on,
  on: (conditions: string, on: Day) => {
    const asked = new URLSearchParams(conditions);
    asked.set('on', on);
    return `?${asked.toString()}`;
  },
};

/** 会員一覧 as a file (`screens.md §9`), with the conditions of 会員情報管理. */
export const memberSheet = sheetList<MemberFilter, MemberSheetRow>({
  name: 'members',
  title: memberSheetTitle,
  columns: memberSheetColumns,
  read: readMemberConditions,
  words: async (filter, tx, ctx) => memberWords(filter, await wordsFor(tx, ctx)),
  day: memberDay,
  count: memberSheetCount,
  page: memberSheetPage,
  idsOf: ({ line }) => ({ recordId: line.personId, personId: line.personId }),
  forPurpose: memberColumnsByPurpose,
  labels: memberLabelPage,
});

/** 施設の所属会員 as a file (`screens.md O-14`): this workplace only, told to the workplace itself. */
export const facilityMemberSheet = sheetList<MemberFilter, MemberSheetRow>({
  name: 'facilityMembers',
  title: facilityMembersTitle,
  columns: facilityMemberColumns,
  read: (conditions) => {
    const filter = readMemberConditions(conditions);
    return filter === undefined || filter.facilityId === '' ? undefined : filter;
  },
  words: async (filter, tx, ctx) => memberWords(filter, await wordsFor(tx, ctx)),
  day: memberDay,
  count: memberSheetCount,
  page: memberSheetPage,
  idsOf: ({ line }) => ({ recordId: line.personId, personId: line.personId }),
  preset: async (tx, filter) => ({ purpose: toFacility, recipient: (await findFacility(tx, filter.facilityId))?.name ?? '' }),
});
