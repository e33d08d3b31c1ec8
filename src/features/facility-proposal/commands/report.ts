import { facilityLock, alreadyProposed, deciderFor, faultOfFacility, keepProposal } from './propose.ts';
import { isRegistered } from '#features/facility/fields.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import { facilityInSight } from '#features/membership/queries/facilities.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { texts } from '../messages.ts';
import { mayPropose, proposalOffice } from '../policy.ts';
import { reportInput } from '../schema.ts';

/** 重複を報告する: the 都道府県医師会 looks at it, then the JMA merges the two (`screens.md O-14, J-06`). */
export const reportDuplicate = command({
  name: 'facility.reportDuplicate',
  input: reportInput,
  locks: async (_tx, { id, otherId }) => await Promise.resolve([facilityLock(id), ...(otherId === id ? [] : [facilityLock(otherId)])]),
  load: async (tx, { id, otherId }, ctx) => {
    const office = proposalOffice(ctx.actor);
    const facility = office === undefined ? undefined : await facilityInSight(tx, office.associationId, id);
    if (facility === undefined) return undefined;
    const place = { associationId: facility.associationId, prefectureCode: facility.prefectureCode ?? '' };
    return { facility, other: await findFacility(tx, otherId), deciderId: await deciderFor(tx, ctx, place) };
  },
  allow: (ctx) => (mayPropose(ctx.actor) ? true : refuse('forbidden')),
  decide: (_ctx, { facility, other, deciderId }) => {
    const fault = faultOfFacility(facility);
    if (fault !== undefined) return fault;
    if (other === undefined || !isRegistered(other.state)) return refuseFields({ otherId: [texts.otherGone] });
    if (other.id === facility.id) return refuseFields({ otherId: [texts.sameFacility] });
    return deciderId === undefined ? refuse('conflict', { message: texts.noPrefecture }) : accepted({ id: newId(), deciderId });
  },
  save: async (tx, { ctx, target: { facility }, decision: { id, deciderId }, input: { otherId, reason } }) =>
    await keepProposal(tx, ctx, { id, kind: 'duplicate', facilityId: facility.id, otherId, content: {}, reason, deciderId }),
  constraints: alreadyProposed,
});
