import { associationsById } from '#features/association/queries/directory.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import { peopleAt } from '#features/membership/queries/people-at.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { isDay } from '#kernel/day.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reaction } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { followMerged } from './commands/follow.ts';
import { workplaceMail } from './mails/texts.ts';
import { portion } from './rules.ts';

/** What follows a merge or a tie for the doctors who work there (`screens.md O-14, J-06, 8`). */

/** M-27 to one of them; nobody who has died or has no address. The offices hear of it by 会員関連通知. */
export const tellFollower: Reaction = async (ctx, { personId, fromFacilityId, on, associationId }) => {
  if (typeof personId !== 'string' || typeof fromFacilityId !== 'string' || !isDay(on) || typeof associationId !== 'number')
    throw new JobError('a follower without his facility');
  await writeTransaction(ctx, async (tx) => {
    const to = await mailTargetOf(tx, personId);
    if (to === undefined) return { value: undefined, commit: false };
    const [office] = await associationsById(tx, [associationId], ctx.today);
    const text = workplaceMail({ name: to.name, by: office?.name ?? '', on, link: `${ctx.site.origin}/my/profile` });
    await queueMail(tx, { template: 'M-27', dedupeKey: `M-27:facility:${fromFacilityId}:${personId}`, to: to.mail, personId, ...text });
    return { value: undefined, commit: true };
  });
};

/** The next portion of those who still stand at a closed facility; nothing where nobody is left. */
export const continueFollowing: Reaction = async (ctx, { facilityId, reason, sourceId }) => {
  if (typeof facilityId !== 'string') throw new JobError('a merge without its facility');
  const personIds = await readTransaction(ctx, async (tx) => {
    const facility = await findFacility(tx, facilityId);
    if (facility === undefined || facility.closedOn === null) throw new JobError('a merge of a facility that is not closed');
    return await peopleAt(tx, ctx.actor, { facilityId, on: facility.closedOn, most: portion });
  });
  if (personIds.length === 0) return;
  const moved = await run(followMerged, ctx, { facilityId, personIds, reason, sourceId });
  if (!moved.ok) throw new JobError(`members did not follow their facility: ${moved.refusal.code}`);
};
