import { actingAccount, actorName } from '#kernel/actor.ts';
import { laterDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { answerInput } from '../master-schema.ts';
import { codeOf } from '../labels.ts';
import { findMaster } from '../master-list.store.server.ts';
import { hasOpenChange, insertChanges } from '../master.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import { answerRequestRow, findRequest } from '../request.store.server.ts';

/** A request for another name (`screens.md O-19`): taken over as a 改称 that a second person reserves, or declined with an answer. */
export const answerRequest = command({
  name: 'association.answerRequest',
  input: answerInput,
  locks: async (tx, { id }) => {
    const request = await findRequest(tx, id);
    return request === undefined ? [] : [{ kind: 'association' as const, id: `master:${codeOf(request.associationId)}` }];
  },
  load: async (tx, { id }, ctx) => {
    const request = await findRequest(tx, id);
    const present = request === undefined ? undefined : await findMaster(tx, codeOf(request.associationId), ctx.today);
    if (request === undefined || present === undefined) return undefined;
    // A wished day that has passed meanwhile becomes today.
    const startsOn = laterDay(request.startsOn, ctx.today);
    return { request, present, startsOn, open: await hasOpenChange(tx, request.associationId) };
  },
  allow: (ctx) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, { request, present, startsOn, open }, { decision, answer }) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined) return refuse('forbidden');
    if (request.answeredAt !== null) return refuse('conflict', { message: texts.answered });
    if (decision === 'decline' && answer === '') return refuseFields({ answer: [texts.needsAnswer] });
    if (decision === 'decline') return accepted(accountId);
    if (open) return refuse('conflict', { message: texts.changeOpen });
    if (present.closesOn !== null) return refuse('conflict', { message: texts.alreadyClosed });
    if (startsOn <= present.startsOn) return refuse('conflict', { message: texts.tooEarly(present.startsOn) });
    return accepted(accountId);
  },
  save: async (tx, { ctx, target: { request, startsOn }, decision: accountId, input: { decision, answer } }) => {
    const by = actorName(ctx.actor);
    await answerRequestRow(tx, request.id, { state: decision === 'accept' ? 'accepted' : 'declined', answer, by, at: ctx.now });
    if (decision === 'accept') {
      await insertChanges(tx, [
        {
          id: newId(),
          associationId: request.associationId,
          kind: 'rename',
          name: request.name,
          kana: request.kana,
          parentId: null,
          startsOn,
          reason: texts.fromRequest,
          proposedBy: accountId,
          proposedName: by,
          proposedAt: ctx.now,
          requestId: request.id,
        },
      ]);
    }
    return {
      value: {},
      audit: { action: 'association.answerRequest', target: request.id, detail: { decision } },
      events: [{ kind: 'association.requestAnswered', payload: { requestId: request.id, associationId: request.associationId } }],
    };
  },
  constraints: { association_change_open: () => refuse('conflict', { message: texts.changeOpen }) },
});
