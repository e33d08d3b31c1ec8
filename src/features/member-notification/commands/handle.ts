import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { officeColleagues } from '#features/staff/queries/colleagues.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isAction, stateAfter, statesBefore } from '../flow.ts';
import { texts } from '../labels.ts';
import { putAssignees, moveStates, personsOf } from '../list.store.server.ts';
import { notifiedOffice } from '../policy.ts';
import { assignInput, markInput } from '../schema.ts';

/** What an office does with the notifications it has ticked (`screens.md O-15`). */

const officeOnly = (ctx: Context) => (notifiedOffice(ctx.actor) === undefined ? refuse('forbidden') : true);

/** The ticked rows that are there for this office; undefined when one is not. */
async function loadRows(tx: ReadTransaction, ctx: Context, ids: readonly string[]) {
  const office = notifiedOffice(ctx.actor);
  if (office === undefined) return { associationId: -1, personIds: [] };
  const wanted = [...new Set(ids)];
  const found = await personsOf(tx, office.associationId, wanted);
  if (found.length !== wanted.length) return undefined;
  return { associationId: office.associationId, personIds: [...new Set(found.flatMap((row) => row.personId ?? []))] };
}

/** 既読にする · 対応済にする. A row that is further already stays; two who press at once both succeed. */
export const markNotifications = command({
  name: 'memberNotification.mark',
  input: markInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { id }, ctx) => await loadRows(tx, ctx, id),
  allow: officeOnly,
  decide: (_ctx, _rows, { action }) => (isAction(action) ? accepted(action) : refuseFields({ action: [texts.chooseAction] })),
  save: async (tx, { ctx, target, decision, input }) => {
    const { associationId, personIds } = target;
    const move = { ids: input.id, from: statesBefore(decision), to: stateAfter(decision), at: ctx.now };
    const moved = await moveStates(tx, associationId, move);
    return {
      value: { moved },
      audit: { action: 'memberNotification.mark', personIds, detail: { to: move.to, rows: moved } },
      events: [],
    };
  },
});

/** 担当: somebody of the own office, or nobody. */
export const assignNotifications = command({
  name: 'memberNotification.assign',
  input: assignInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { id }, ctx) => {
    const rows = await loadRows(tx, ctx, id);
    return rows === undefined ? undefined : { ...rows, colleagues: await officeColleagues(tx, rows.associationId, ctx.today) };
  },
  allow: officeOnly,
  decide: (_ctx, { colleagues }, { staffId }) =>
    staffId === '' || colleagues.some((one) => one.staffId === staffId)
      ? accepted(staffId === '' ? null : staffId)
      : refuseFields({ staffId: [texts.assigneeGone] }),
  save: async (tx, { target, decision, input }) => {
    await putAssignees(tx, target.associationId, { ids: input.id, staffId: decision });
    return {
      value: {},
      audit: {
        action: 'memberNotification.assign',
        personIds: target.personIds,
        detail: { staffId: decision ?? '', rows: input.id.length },
      },
      events: [],
    };
  },
});
