import { associationsById } from '#features/association/queries/directory.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { blockTitle } from './fields.ts';
import { profileChangedMail } from './mails/texts.ts';
import { isFirstChange } from './rules.ts';
import { texts } from './messages.ts';
import { mailTargetOf } from './queries/person.ts';
import { findProfileChange } from './profile.store.server.ts';

/** What follows a change of 登録情報: M-27 to the doctor (`screens.md 8`); a first login is told by M-03 already. */
export const personReactions: Reactions = {
  'person.profileChanged': async (ctx, { changeId }) => {
    if (typeof changeId !== 'string') throw new JobError('a change of profile without its id');
    await writeTransaction(ctx, async (tx) => {
      const change = await findProfileChange(tx, changeId);
      if (change === undefined) throw new JobError('a change of profile that is not there');
      const to = isFirstChange(change.source) ? undefined : await mailTargetOf(tx, change.personId);
      if (to === undefined) return { value: undefined, commit: false };
      const [office] = change.associationId === null ? [] : await associationsById(tx, [change.associationId], ctx.today);
      const text = profileChangedMail({
        name: to.name,
        blocks: change.blocks.map(blockTitle),
        by: office?.name ?? texts.himself,
        at: formatInstant(change.at),
        link: `${ctx.site.origin}/my/profile`,
      });
      await queueMail(tx, { template: 'M-27', dedupeKey: `M-27:${changeId}`, to: to.mail, personId: change.personId, ...text });
      return { value: undefined, commit: true };
    });
  },
};
