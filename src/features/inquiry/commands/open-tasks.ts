import { idInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import { formatLicence } from '#kernel/licence.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { DoneTransfer } from '#features/application/queries/transfer-done.ts';
import { doneTransfer } from '#features/application/queries/transfer-done.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import type { DeskSection } from '../fields.ts';
import { taskKind, transferDesks } from '../fields.ts';
import { firstState } from '../flow.ts';
import { transferTask, unknownDay } from '../messages.ts';
import { dueOn, jmaDesk, jmaId, subjectOf } from '../rules.ts';
import { insertInquiry, insertMessage } from '../store.server.ts';

type Target = { transfer: DoneTransfer; person: Person };

function bodyOf({ transfer, person }: Target, section: DeskSection): string {
  const { from, to, number } = transfer;
  return transferTask({
    number,
    name: `${person.surname} ${person.givenName}`,
    licence: formatLicence(person.licenceNumber),
    from: from.name,
    leftOn: from.leftOn === undefined ? unknownDay : formatDayPlain(from.leftOn),
    to: to.name,
    joinedOn: to.joinedOn === undefined ? unknownDay : formatDayPlain(to.joinedOn),
    pension: section === 'pension',
  });
}

/**
 * 異動に伴う確認 (`rules.md 6`, `screens.md P-05`): a completed transfer of a member of the JMA stands in the inboxes of 医賠責対策課
 * and 年金福祉課. Once for each; a repetition is stopped by `inquiry_transfer_once`.
 */
export const openTransferTasks = command({
  name: 'inquiry.openTransferTasks',
  input: z.object({ applicationId: idInput }),
  locks: async (_tx, { applicationId }) => await Promise.resolve([{ kind: 'application' as const, id: applicationId }]),
  load: async (tx, { applicationId }, ctx): Promise<Target | undefined> => {
    const transfer = await doneTransfer(tx, ctx.actor, applicationId);
    const person = transfer === undefined ? undefined : await findPerson(tx, transfer.personId);
    const concerned = transfer?.associationIds.includes(jmaId) === true;
    return transfer === undefined || person === undefined || !concerned ? undefined : { transfer, person };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target, input: { applicationId } }) => {
    const nobody = { personId: null, askerAssociationId: null, accountId: null, askerKana: '', askerMail: '' };
    for (const section of transferDesks) {
      const id = newId();
      const body = bodyOf(target, section);
      const about = { kind: taskKind, subject: subjectOf(body), state: firstState, associationId: null } as const;
      const application = { id: applicationId, number: target.transfer.number };
      const when = { at: ctx.now, dueOn: dueOn(ctx.today) };
      await insertInquiry(tx, {
        id,
        ...about,
        asker: 'system',
        askerName: 'MAMIS',
        ...nobody,
        application,
        desk: jmaDesk(section),
        ...when,
      });
      await insertMessage(tx, {
        id: newId(),
        inquiryId: id,
        byDesk: false,
        accountId: null,
        authorName: 'MAMIS',
        authorOffice: '',
        body,
        at: ctx.now,
      });
    }
    return {
      value: {},
      audit: { action: 'inquiry.openTransferTasks', target: applicationId, personIds: [target.person.id] },
      events: [],
    };
  },
});
