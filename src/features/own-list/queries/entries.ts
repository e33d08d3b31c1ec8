import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import { countMembersAfter, listAllCategories } from '../category.store.server.ts';
import { adminsOnly, among } from '../commands/own-office.ts';
import { listFields } from '../field.store.server.ts';
import { fieldKinds, mailingKinds } from '../labels.ts';
import { isMailingInUse, listMailings } from '../mailing.store.server.ts';
import { listNoticeCategories } from '../notice-category.store.server.ts';
import { stateOn } from '../rules.ts';
import { entryInput } from '../schema.ts';
import { wordOf } from './lists.ts';

/** What the forms of the four lists begin with (`screens.md O-20`); undefined when the entry is not the own association's. */

export type Choice = { value: string; label: string };

const jmaId = 0;
const day = (value: Day | null | undefined) => value ?? '';

/** 送付物. */
export const mailingEntry = query({
  name: 'ownList.mailing',
  input: entryInput,
  allow: adminsOnly,
  read: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listMailings(tx, associationId));
    if (found === undefined) return undefined;
    const { present, office } = found;
    const categories = await listAllCategories(tx, office.associationId);
    const chosen = new Set(present?.categoryIds);
    return {
      today: ctx.today,
      version: present?.version ?? 0,
      present:
        present === undefined
          ? undefined
          : { name: present.name, kind: wordOf(mailingKinds, present.kind), used: await isMailingInUse(tx, present.id) },
      categories: categories
        .filter((row) => chosen.has(row.id) || stateOn(row, ctx.today) !== 'ended')
        .map((row): Choice => ({ value: String(row.id), label: row.name })),
      values: {
        name: present?.name ?? '',
        kind: present?.kind ?? '',
        categories: [...chosen].map(String),
        refusable: present?.refusable === true ? '1' : '',
        startsOn: day(present?.startsOn),
        endsOn: day(present?.endsOn),
      },
    };
  },
  audit: 'nothing',
});

/** 会員区分. */
export const categoryEntry = query({
  name: 'ownList.category',
  input: entryInput,
  allow: adminsOnly,
  read: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listAllCategories(tx, associationId));
    if (found === undefined) return undefined;
    const { present, rows } = found;
    const ofJma = (await listAllCategories(tx, jmaId)).filter((row) => stateOn(row, ctx.today) !== 'ended');
    const jmaNames = new Map(ofJma.map((row) => [row.code, row.name]));
    const ends = present?.endsOn ?? null;
    return {
      today: ctx.today,
      version: present?.version ?? 0,
      present:
        present === undefined
          ? undefined
          : { ...present, jma: present.jmaCode === null ? '' : (jmaNames.get(present.jmaCode) ?? present.jmaCode) },
      successor: rows.find((row) => row.id === present?.successorId)?.name,
      after: present === undefined || ends === null ? 0 : await countMembersAfter(tx, present.id, ends),
      jmaCodes: ofJma.map((row): Choice => ({ value: row.code, label: row.name })),
      successors: rows
        .filter((row) => row.id !== present?.id && stateOn(row, ctx.today) !== 'ended')
        .map((row): Choice => ({ value: String(row.id), label: `${row.code} ${row.name}` })),
      values: {
        description: present?.description ?? '',
        endsOn: day(ends),
        successorId: present?.successorId === null || present === undefined ? '' : String(present.successorId),
      },
    };
  },
  audit: 'nothing',
});

/** お知らせカテゴリ. */
export const noticeCategoryEntry = query({
  name: 'ownList.noticeCategory',
  input: entryInput,
  allow: adminsOnly,
  read: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listNoticeCategories(tx, associationId));
    if (found === undefined) return undefined;
    const { present, rows } = found;
    return {
      version: present?.version ?? 0,
      present: present === undefined ? undefined : { name: present.name, ended: stateOn(present, ctx.today) === 'ended' },
      first: rows.every((row) => stateOn(row, ctx.today) === 'ended'),
      values: { name: present?.name ?? '' },
    };
  },
  audit: 'nothing',
});

/** 独自項目. */
export const fieldEntry = query({
  name: 'ownList.field',
  input: entryInput,
  allow: adminsOnly,
  read: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listFields(tx, associationId));
    if (found === undefined) return undefined;
    const { present } = found;
    return {
      version: present?.version ?? 0,
      present:
        present === undefined
          ? undefined
          : {
              name: present.name,
              kind: wordOf(fieldKinds, present.kind),
              ended: stateOn(present, ctx.today) === 'ended',
              chosen: present.kind === 'choice',
            },
      values: {
        name: present?.name ?? '',
        kind: present?.kind ?? '',
        choices: present?.choices.join('\n') ?? '',
        shown: present?.shown === true ? '1' : '',
      },
    };
  },
  audit: 'nothing',
});
