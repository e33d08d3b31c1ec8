import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { insertGuidance } from '../guidance.store.server.ts';
import { guidanceTexts, tooSoonText } from '../guidance-messages.ts';
import type { GuidanceState } from '../queries/member-guidance.ts';
import { guidanceTarget } from '../queries/member-guidance.ts';
import { memberOffice } from '../queries/members.ts';
import { sendGuidanceInput } from '../schema.ts';

type Target = { office: OfficeActor | undefined; state: GuidanceState | undefined };

/**
 * マイページの案内を送る (`screens.md O-08`): by mail, or noted as a letter that the office then prints. Once in `guidanceDays`
 * days for one person, whichever association sends it.
 */
export const sendGuidance = command({
  name: 'member.sendGuidance',
  input: sendGuidanceInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'person' as const, id }]),
  load: async (tx, { id }, ctx): Promise<Target | undefined> => {
    if (ctx.actor.kind !== 'office' || memberOffice(ctx) !== true) return { office: undefined, state: undefined };
    const found = await guidanceTarget(tx, ctx, id);
    return found && { office: ctx.actor, state: found.state };
  },
  allow: (ctx) => memberOffice(ctx),
  decide: (_ctx, { office, state }, { way }) => {
    if (office === undefined || state === undefined) return refuse('forbidden');
    if (state.way === undefined) return refuse('conflict', { message: guidanceTexts.notOffered });
    if (state.waits !== undefined) return refuse('conflict', { message: tooSoonText(state.waits, state.days) });
    return state.way === way ? accepted({ office, way }) : refuse('conflict', { message: guidanceTexts.wayChanged });
  },
  save: async (tx, { ctx, decision: { office, way }, input: { id: personId } }) => {
    const id = newId();
    const { associationId, accountId, displayName: senderName } = office;
    await insertGuidance(tx, { id, personId, associationId, accountId, way, senderName, sentAt: ctx.now });
    return {
      value: { id, way },
      audit: { action: 'member.sendGuidance', target: personId, personIds: [personId], detail: { way } },
      events: way === 'mail' ? [{ kind: 'member.guidanceSent', payload: { guidanceId: id } }] : [],
    };
  },
});
