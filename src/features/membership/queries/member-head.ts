import type { Day } from '#kernel/day.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isInScope } from '../member-detail.store.server.ts';
import type { MemberMemo } from '../member-memo.store.server.ts';
import { listMemos } from '../member-memo.store.server.ts';
import { memberIdInput } from '../schema.ts';
import { actingOffice, memberOffice } from './members.ts';

export type MemberHead = { personId: string; name: string; kana: string; diedOn: Day | null };

/** Whose page it is: undefined for whom the acting office may not see. */
async function readHead(tx: ReadTransaction, ctx: Context, id: string): Promise<MemberHead | undefined> {
  const person = await findPerson(tx, id);
  if (person === undefined || !(await isInScope(tx, id, actingOffice(ctx).associationId))) return undefined;
  return {
    personId: id,
    name: `${person.surname} ${person.givenName}`,
    kana: `${person.surnameKana} ${person.givenNameKana}`,
    diedOn: person.diedOn,
  };
}

/** Head of a member's page for tabs of features above, inside their own transaction; undefined for whom the office may not see. */
export async function headOfMember(tx: ReadTransaction, ctx: Context, personId: string): Promise<MemberHead | undefined> {
  return memberOffice(ctx) === true ? await readHead(tx, ctx, personId) : undefined;
}

/** True when the acting office may see the person (`rules.md 5.6`); asked by features above inside their own transaction. */
export async function isMemberHere(tx: ReadTransaction, ctx: Pick<Context, 'actor'>, personId: string): Promise<boolean> {
  return memberOffice(ctx) === true && (await isInScope(tx, personId, actingOffice(ctx).associationId));
}

/** Whose page it is, asked by features above inside their own transaction; undefined out of scope. */
export async function personHead(tx: ReadTransaction, ctx: Context, personId: string): Promise<MemberHead | undefined> {
  return memberOffice(ctx) === true ? await readHead(tx, ctx, personId) : undefined;
}

/** The head of every tab of 会員情報詳細 (`screens.md O-08`). */
export const memberHead = query({
  name: 'member.head',
  input: memberIdInput,
  allow: memberOffice,
  read: async (tx, { id }, ctx) => await readHead(tx, ctx, id),
  audit: (head) => ({ action: 'member.viewed', target: head.personId, personIds: [head.personId] }),
});

const shownVersions = 20;

/** 事務局メモ of the own office with its former versions. */
export const memberMemo = query({
  name: 'member.memo',
  input: memberIdInput,
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<{ head: MemberHead; memo: MemberMemo | undefined; former: MemberMemo[] } | undefined> => {
    const head = await readHead(tx, ctx, id);
    if (head === undefined) return undefined;
    const [memo, ...former] = await listMemos(tx, { personId: id, associationId: actingOffice(ctx).associationId }, shownVersions);
    return { head, memo, former };
  },
  audit: ({ head }) => ({ action: 'member.viewed', target: head.personId, personIds: [head.personId], detail: { memo: true } }),
});
