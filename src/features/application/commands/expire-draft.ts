import { createHash } from 'node:crypto';
import { accepted, refuse } from '#kernel/refusal.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { paperName } from '../labels.ts';
import { draftWarningMail } from '../mails/daily-texts.ts';
import { texts } from '../messages.ts';
import { draftDeletionOn, mustDelete, mustWarn } from '../retention.ts';
import { deleteDraftRows } from '../draft.store.server.ts';
import { findDraftTimes, forgetFiles, listFileIds, noteWarning } from '../retention.store.server.ts';
import { applicationIdInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks } from './gate.ts';

async function loadDraft(tx: WriteTransaction, ctx: Context, id: string) {
  const target = await loadCase(tx, ctx.actor, id);
  const times = await findDraftTimes(tx, id);
  return target === undefined || times === undefined ? undefined : { target, times, periods: await systemSettingsOf(tx) };
}

const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

type Reader = { mail: string; name: string; personId?: string; page: string };

/** Whoever began the draft: the doctor, or the office that enters it for him. */
async function readersOf(tx: WriteTransaction, ctx: Context, target: Case): Promise<Reader[]> {
  if (target.proxyAssociationId === null) {
    const person = await mailTargetOf(tx, target.personId);
    return person === undefined
      ? []
      : [{ ...person, name: texts.addressed(person.name), personId: target.personId, page: '/my/applications?tab=draft' }];
  }
  const addresses = await officeMailAddresses(tx, target.proxyAssociationId, ctx.today);
  return addresses.map((mail) => ({ mail, name: texts.addressed(texts.staffInCharge), page: '/office/applications' }));
}

/** M-22 to the one who began an idle draft, with the day on which it goes (`screens.md D-06`). Done already: nothing to do. */
export const warnOfDeletion = command({
  name: 'application.warnDraft',
  input: applicationIdInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadDraft(tx, ctx, input.id),
  allow: systemOnly,
  decide: (ctx, { times, periods }) => accepted({ due: mustWarn(times, { periods, today: ctx.today }) }),
  save: async (tx, { ctx, target: { target, times, periods }, decision: { due } }) => {
    if (due) await noteWarning(tx, target.id, ctx.today);
    const deletedOn = draftDeletionOn({ ...times, warnedOn: ctx.today }, { periods, today: ctx.today });
    for (const reader of due ? await readersOf(tx, ctx, target) : []) {
      const who = createHash('sha256').update(reader.mail).digest('hex').slice(0, 16);
      await queueMail(tx, {
        template: 'M-22',
        dedupeKey: `M-22:${target.id}:${ctx.today}:${who}`,
        to: reader.mail,
        ...(reader.personId === undefined ? {} : { personId: reader.personId }),
        ...draftWarningMail({ name: reader.name, paper: paperName(target.kind), deletedOn, link: `${ctx.site.origin}${reader.page}` }),
      });
    }
    return {
      value: { id: target.id },
      audit: { action: 'application.warnDraft', personIds: [target.personId], target: target.id, detail: { warned: due } },
      events: [],
    };
  },
});

/** Deletes the rows of a draft; the bytes of its files go after the commit, by the events returned. */
export async function removeDraft(tx: WriteTransaction, id: string): Promise<DomainEvent[]> {
  const fileIds = await listFileIds(tx, id);
  await deleteDraftRows(tx, id);
  return (await forgetFiles(tx, fileIds)).map((fileId) => ({ kind: 'file.erased', payload: { fileId } }));
}

/** Deletes a draft that nobody has touched for the set days, after its warning. */
export const expireDraft = command({
  name: 'application.expireDraft',
  input: applicationIdInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadDraft(tx, ctx, input.id),
  allow: systemOnly,
  decide: (ctx, { times, periods }) => (mustDelete(times, { periods, today: ctx.today }) ? accepted(undefined) : refuse('conflict')),
  save: async (tx, { target: { target, times } }) => ({
    value: { id: target.id },
    audit: {
      action: 'application.expireDraft',
      personIds: [target.personId],
      target: target.id,
      detail: { savedAt: times.savedAt.toISOString() },
    },
    events: await removeDraft(tx, target.id),
  }),
});
