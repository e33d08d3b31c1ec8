import { officeOfSettings } from '#features/association/policy.ts';
import { addDays } from '#kernel/day.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { texts } from '../labels.ts';
import { insertNoticeCategories, listNoticeCategories, updateNoticeCategory } from '../notice-category.store.server.ts';
import { stateOn } from '../rules.ts';
import { changeInput, noticeCategoryInput } from '../schema.ts';
import { adminsOnly, among, listLocks, outdated, recorded } from './own-office.ts';

/** 登録する / 保存する of お知らせカテゴリ. The first own one takes the place of the common ones. */
export const keepNoticeCategory = command({
  name: 'ownList.keepNoticeCategory',
  input: noticeCategoryInput,
  locks: listLocks,
  load: async (tx, { id }, ctx) => await among(ctx, id, (associationId) => listNoticeCategories(tx, associationId)),
  allow: adminsOnly,
  decide: (ctx, { office, rows, present }, { name, version }) => {
    const late = outdated(present, version);
    if (late !== undefined) return late;
    const taken = rows.some((row) => row.id !== present?.id && row.name === name && stateOn(row, ctx.today) !== 'ended');
    return taken ? refuseFields({ name: [texts.sameName] }) : accepted({ associationId: office.associationId, name });
  },
  save: async (tx, { target: { present }, decision: { associationId, name } }) => {
    if (present === undefined) await insertNoticeCategories(tx, associationId, [name]);
    else await updateNoticeCategory(tx, present.id, { name, endsOn: present.endsOn });
    const target = present === undefined ? name : String(present.id);
    return {
      value: {},
      audit: { action: 'ownList.keepNoticeCategory', target, detail: { name: recorded(present?.name, name) } },
      events: [],
    };
  },
});

/** 終了する: from now on it cannot be chosen; notices that have it keep it. */
export const endNoticeCategory = command({
  name: 'ownList.endNoticeCategory',
  input: changeInput,
  locks: listLocks,
  load: async (tx, { id }, ctx) => (await among(ctx, id, (associationId) => listNoticeCategories(tx, associationId)))?.present,
  allow: adminsOnly,
  decide: (ctx, present, { version }) => {
    if (stateOn(present, ctx.today) === 'ended') return refuse('conflict', { message: texts.alreadyEnded });
    return outdated(present, version) ?? accepted({ name: present.name, endsOn: addDays(ctx.today, -1) });
  },
  save: async (tx, { target: { id }, decision }) => {
    await updateNoticeCategory(tx, id, decision);
    return { value: { id }, audit: { action: 'ownList.endNoticeCategory', target: String(id), detail: decision }, events: [] };
  },
});

/** Begins the own list with the common ones, to be changed from there. */
export const copyNoticeCategories = command({
  name: 'ownList.copyNoticeCategories',
  input: z.object({}),
  locks: listLocks,
  load: async (tx, _input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const { associationId } = office;
    const [own, common] = [await listNoticeCategories(tx, associationId), await listNoticeCategories(tx, null)];
    return { associationId, own, common };
  },
  allow: adminsOnly,
  decide: (ctx, { own, common }) => {
    if (own.some((row) => stateOn(row, ctx.today) === 'current')) return refuse('conflict', { message: texts.ownExist });
    return accepted(common.filter((row) => stateOn(row, ctx.today) === 'current').map((row) => row.name));
  },
  save: async (tx, { target: { associationId }, decision: categories }) => {
    await insertNoticeCategories(tx, associationId, categories);
    return {
      value: {},
      audit: { action: 'ownList.copyNoticeCategories', target: String(associationId), detail: { count: categories.length } },
      events: [],
    };
  },
});
