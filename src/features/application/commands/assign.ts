import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { officeColleagues } from '#features/staff/queries/colleagues.ts';
import { command } from '#platform/command/command.ts';
import { findAssignee, putAssignee } from '../assignment.store.server.ts';
import { texts } from '../messages.ts';
import { may, maySee } from '../policy.ts';
import { assignInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks } from './gate.ts';

/**
 * 担当する, or gives the case to a colleague or to nobody (`screens.md O-05`). It is our office's own affair: it neither
 * moves the case nor changes its version, and whoever may write a memo may do it. Two who take it at once: the second is told.
 */
export const assign = command({
  name: 'application.assign',
  input: assignInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined || ctx.actor.kind !== 'office') return undefined;
    const { associationId } = ctx.actor;
    const present = await findAssignee(tx, { associationId, applicationId: target.id });
    return { target, associationId, present, colleagues: await officeColleagues(tx, associationId, ctx.today) };
  },
  allow: (ctx, { target }) => {
    if (!maySee(ctx.actor, target)) return refuse('notFound');
    return may(ctx.actor, 'memo', target) ? true : refuse('forbidden');
  },
  decide: (_ctx, { present, colleagues }, { staffId, seen }) => {
    if ((present?.staffId ?? '') !== seen)
      return refuse('conflict', { message: texts.assigneeChanged(present?.name ?? texts.nobodyAssigned) });
    if (staffId !== '' && !colleagues.some((one) => one.staffId === staffId)) return refuseFields({ staffId: [texts.assigneeGone] });
    return accepted(staffId === '' ? null : staffId);
  },
  save: async (tx, { ctx, target: { target, associationId }, decision: staffId }) => {
    await putAssignee(tx, { associationId, applicationId: target.id }, { staffId, at: ctx.now });
    return {
      value: { id: target.id },
      audit: { action: 'application.assign', target: target.id, personIds: [target.personId], detail: { staffId: staffId ?? '' } },
      events: [],
    };
  },
});
