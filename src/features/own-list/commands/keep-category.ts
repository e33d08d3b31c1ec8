import { officeOfSettings } from '#features/association/policy.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Category, NewCategory } from '../category.store.server.ts';
import { countMembersAfter, insertCategory, listAllCategories, updateCategory } from '../category.store.server.ts';
import { names, texts } from '../labels.ts';
import { canSucceed, periodErrors } from '../rules.ts';
import type { ChangeCategoryForm } from '../schema.ts';
import { changeCategoryInput, newCategoryInput } from '../schema.ts';
import { adminsOnly, among, listLocks, outdated, recorded } from './own-office.ts';

const jmaId = 0;

/** 登録する of 会員区分: from its 開始日 on members may be in it; code and name stand from then on (`rules.md 4.2`). */
export const addCategory = command({
  name: 'ownList.addCategory',
  input: newCategoryInput,
  locks: listLocks,
  load: async (tx, _input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const { associationId } = office;
    return { associationId, rows: await listAllCategories(tx, associationId), ofJma: await listAllCategories(tx, jmaId) };
  },
  allow: adminsOnly,
  decide: (ctx, { associationId, rows, ofJma }, input): Outcome<NewCategory> => {
    if (rows.some((row) => row.code === input.code)) return refuseFields({ code: [texts.codeTaken] });
    const { jmaCode } = input;
    if (jmaCode !== '' && !ofJma.some((row) => row.code === jmaCode)) return refuseFields({ jmaCode: [messages.sel(names.jmaCode)] });
    const period = { startsOn: input.startsOn, endsOn: input.endsOn ?? null };
    const wrong = periodErrors(period, { today: ctx.today, before: undefined });
    if (Object.keys(wrong).length > 0) return refuseFields(wrong);
    return accepted({ ...input, ...period, associationId, jmaCode: jmaCode === '' ? null : jmaCode });
  },
  save: async (tx, { decision }) => {
    const id = await insertCategory(tx, decision);
    const { code, name, startsOn, endsOn } = decision;
    return {
      value: { id },
      audit: { action: 'ownList.addCategory', target: String(id), detail: { code, name, startsOn, endsOn } },
      events: [],
    };
  },
  constraints: { member_category_association_id_code_key: () => refuseFields({ code: [texts.codeTaken] }) },
});

type Around = { present: Category; rows: Category[]; members: number };
type Change = Pick<Category, 'description' | 'endsOn' | 'successorId'>;

/** Whether a category can end as asked: whoever is in it afterwards needs somewhere to go (`screens.md O-20`). */
function decideChange(ctx: Context, { present, rows, members }: Around, input: ChangeCategoryForm): Outcome<Change> {
  const endsOn = input.endsOn ?? null;
  const wrong = periodErrors({ startsOn: present.startsOn, endsOn }, { today: ctx.today, before: present });
  if (Object.keys(wrong).length > 0) return refuseFields(wrong);
  const { description, successorId } = input;
  if (endsOn === null) return accepted({ description, endsOn, successorId: null });
  if (successorId === undefined) {
    const asks = members > 0 && (endsOn !== present.endsOn || present.successorId !== null);
    return asks ? refuseFields({ successorId: [texts.members(members)] }) : accepted({ description, endsOn, successorId: null });
  }
  const successor = rows.find((row) => row.id === successorId && row.id !== present.id);
  if (successor === undefined || !canSucceed(successor, endsOn)) return refuseFields({ successorId: [texts.noSuccessor] });
  return accepted({ description, endsOn, successorId });
}

/** 保存する of 会員区分: 説明 and 終了日. Memberships stand as they are recorded; their change is applied for (`rules.md 2`). */
export const changeCategory = command({
  name: 'ownList.changeCategory',
  input: changeCategoryInput,
  locks: listLocks,
  load: async (tx, { id, endsOn }, ctx): Promise<Around | undefined> => {
    const found = await among(ctx, id, (associationId) => listAllCategories(tx, associationId));
    if (found?.present === undefined) return undefined;
    const members = endsOn === undefined ? 0 : await countMembersAfter(tx, id, endsOn);
    return { present: found.present, rows: found.rows, members };
  },
  allow: adminsOnly,
  decide: (ctx, around, input) => outdated(around.present, input.version) ?? decideChange(ctx, around, input),
  save: async (tx, { target: { present, members }, decision }) => {
    await updateCategory(tx, present.id, decision);
    const { endsOn, successorId } = decision;
    return {
      value: { id: present.id, members },
      audit: {
        action: 'ownList.changeCategory',
        target: String(present.id),
        detail: { code: present.code, name: present.name, endsOn: recorded(present.endsOn, endsOn), successorId, members },
      },
      events: [],
    };
  },
});
