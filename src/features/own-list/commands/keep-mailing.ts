import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { listAllCategories } from '../category.store.server.ts';
import { texts } from '../labels.ts';
import { deleteMailing, insertMailing, isMailingInUse, listMailings, updateMailing } from '../mailing.store.server.ts';
import { periodErrors } from '../rules.ts';
import { changeInput, mailingInput } from '../schema.ts';
import { adminsOnly, among, listLocks, outdated, recorded } from './own-office.ts';

/** 登録する / 保存する of 送付物: a new one, or what may change of one; doctors' choices stay (`screens.md O-20, D-04`). */
export const keepMailing = command({
  name: 'ownList.keepMailing',
  input: mailingInput,
  locks: listLocks,
  load: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listMailings(tx, associationId));
    return found === undefined ? undefined : { ...found, categories: await listAllCategories(tx, found.office.associationId) };
  },
  allow: adminsOnly,
  decide: (ctx, { office, present, categories }, input) => {
    const late = outdated(present, input.version);
    if (late !== undefined) return late;
    const period = { startsOn: input.startsOn ?? present?.startsOn ?? ctx.today, endsOn: input.endsOn ?? null };
    const own = input.categories.every((id) => categories.some((category) => category.id === id));
    const wrong: FieldErrors = {
      ...periodErrors(period, { today: ctx.today, before: present }),
      ...(own ? {} : { categories: [texts.ownCategories] }),
    };
    if (Object.keys(wrong).length > 0) return refuseFields(wrong);
    const categoryIds = [...new Set(input.categories)];
    const { associationId } = office;
    return accepted({
      associationId,
      name: input.name,
      kind: present?.kind ?? input.kind,
      categoryIds,
      refusable: input.refusable,
      ...period,
    });
  },
  save: async (tx, { target: { present }, decision }) => {
    const id = present?.id ?? (await insertMailing(tx, decision));
    if (present !== undefined) await updateMailing(tx, id, decision);
    const detail = {
      name: recorded(present?.name, decision.name),
      kind: decision.kind,
      refusable: recorded(present?.refusable, decision.refusable),
      startsOn: recorded(present?.startsOn, decision.startsOn),
      endsOn: recorded(present?.endsOn, decision.endsOn),
      categories: decision.categoryIds.join(','),
    };
    return { value: { id }, audit: { action: 'ownList.keepMailing', target: String(id), detail }, events: [] };
  },
});

/** 削除する of 送付物: only as long as no doctor has chosen where it goes. */
export const removeMailing = command({
  name: 'ownList.removeMailing',
  input: changeInput,
  locks: listLocks,
  load: async (tx, { id }, ctx) => {
    const found = await among(ctx, id, (associationId) => listMailings(tx, associationId));
    return found?.present === undefined ? undefined : { present: found.present, used: await isMailingInUse(tx, id) };
  },
  allow: adminsOnly,
  decide: (_ctx, { present, used }, { version }) => {
    if (used) return refuse('conflict', { message: texts.inUse });
    return outdated(present, version) ?? accepted(present);
  },
  save: async (tx, { decision: { id, name, kind } }) => {
    await deleteMailing(tx, id);
    return { value: { id }, audit: { action: 'ownList.removeMailing', target: String(id), detail: { name, kind } }, events: [] };
  },
});
