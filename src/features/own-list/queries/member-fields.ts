import type { MemberHead } from '#features/membership/queries/member-head.ts';
import { headOfMember } from '#features/membership/queries/member-head.ts';
import { actingOffice, memberOffice } from '#features/membership/queries/members.ts';
import { idInput } from '#kernel/input.ts';
import { isDay } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { savesOf } from '../commands/save-values.ts';
import type { Field, FieldValue, ShownValue } from '../field.store.server.ts';
import { listFields, listShownValues, listValues } from '../field.store.server.ts';
import { stateOn } from '../rules.ts';

/** 独自項目 of one member (`screens.md O-08`), of the own office only; and what a doctor sees of himself. */

export type MemberField = { id: number; name: string; kind: string; choices: string[]; shown: boolean; value: string };

export type MemberFields = {
  head: MemberHead;
  version: number;
  fields: MemberField[];
  /** Entered in items that have ended. */
  former: { name: string; value: string }[];
  last: { authorName: string; at: Date } | undefined;
};

/** An entry as people read it. */
export function textOf({ kind }: Pick<Field, 'kind'>, value: string): string {
  return kind === 'day' && isDay(value) ? formatDayPlain(value) : value;
}

function lastOf(values: readonly FieldValue[]): MemberFields['last'] {
  return values.toSorted((a, b) => b.version - a.version)[0];
}

/** The tab 独自項目 of 会員情報詳細. */
export const memberFields = query({
  name: 'ownList.memberFields',
  input: z.object({ id: idInput }),
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<MemberFields | undefined> => {
    const head = await headOfMember(tx, ctx, id);
    if (head === undefined) return undefined;
    const { associationId } = actingOffice(ctx);
    const values = await listValues(tx, { personId: id, associationId });
    const valueOf = new Map(values.map((one) => [one.fieldId, one.value]));
    const lines = (await listFields(tx, associationId)).map((field) => ({
      ...field,
      value: textOf(field, valueOf.get(field.id) ?? ''),
      ended: stateOn(field, ctx.today) === 'ended',
    }));
    return {
      head,
      version: savesOf(values),
      fields: lines
        .filter((one) => !one.ended)
        .map(({ id: fieldId, name, kind, choices, shown, value }) => ({ id: fieldId, name, kind, choices, shown, value })),
      former: lines.filter((one) => one.ended && one.value !== '').map(({ name, value }) => ({ name, value })),
      last: lastOf(values),
    };
  },
  audit: ({ head }) => ({ action: 'member.viewed', target: head.personId, personIds: [head.personId], detail: { ownFields: true } }),
});

/** Items that his associations show to the doctor himself, where something is entered. */
export async function shownFieldsOf(tx: ReadTransaction, ctx: Pick<Context, 'today'>, personId: string): Promise<ShownValue[]> {
  return (await listShownValues(tx, personId, ctx.today)).map((one) => ({
    ...one,
    value: textOf(one, one.value),
  }));
}
