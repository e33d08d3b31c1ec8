import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { writeUseFormerName } from '#features/person/commands/change-profile.ts';
import type { Day } from '#kernel/day.ts';
import { type MailingWish, writeMailingWishes } from '#features/own-list/commands/choose-mailings.ts';
import { mailingsOfDoctor } from '#features/own-list/queries/mailings-of-doctor.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { recordProfileChange } from '#features/person/commands/record-change.ts';
import type { ShownChange } from '#features/person/schema.ts';
import { command } from '#platform/command/command.ts';
import { mailingLabels as labels } from '../labels.ts';
import { putMailing, type Mailing } from '../mailing.store.server.ts';
import { mailingAround, type MailingAround } from '../queries/mailing.ts';
import { mailingChanges, wishChange } from '../rules.ts';
import { mailingInput, type MailingInput } from '../schema.ts';

/** What was posted, as it is kept; a workplace must be one of his own. */
export function mailingOf(around: MailingAround, input: MailingInput): Outcome<Mailing> {
  const affiliationId = input.sendTo.startsWith('facility:') ? input.sendTo.slice('facility:'.length) : null;
  if (affiliationId !== null && !around.places.some((place) => place.affiliationId === affiliationId)) {
    return refuseFields({ sendTo: [labels.noFacility] });
  }
  return accepted({
    sendTo: input.sendTo === 'home' ? 'home' : 'facility',
    affiliationId,
    faxTo: input.faxTo,
    mailNotices: input.mails.includes('notices'),
    mailTraining: input.mails.includes('training'),
  });
}

function flaws({ target }: MailingAround, input: MailingInput): Record<string, string[]> {
  const { fax, formerSurname } = target.person.profile;
  return {
    ...(input.faxTo === 'home' && fax === '' ? { faxTo: [labels.needsHomeFax] } : {}),
    ...(input.useFormerName && formerSurname === '' ? { useFormerName: [labels.needsFormerName] } : {}),
  };
}

function nameChange({ target }: MailingAround, use: boolean): ShownChange[] {
  const word = (yes: boolean) => (yes ? labels.yes : labels.no);
  const before = target.person.profile.useFormerName;
  if (before === use) return [];
  const label = `${labels.formerName} ${labels.formerNameOnLabel}`;
  return [{ block: 'formerName', key: 'useFormerName', label, before: word(before), after: word(use) }];
}

/** Which single mailings go elsewhere from now on; one that is not sent to him, or a place that is not offered, is refused. */
function wishesOf({ mailings }: MailingAround, input: MailingInput): Outcome<MailingWish[]> {
  const wishes: MailingWish[] = [];
  for (const [line, { mailingId, sendTo }] of input.choices.entries()) {
    const mailing = mailings.find((one) => one.id === mailingId);
    if (mailing === undefined) return refuse('conflict', { message: labels.changed });
    if (!mailing.offered.includes(sendTo)) return refuseFields({ [`choices.${line}.sendTo`]: [labels.notOffered] });
    if (mailing.sendTo !== sendTo) wishes.push({ mailing, sendTo });
  }
  return accepted(wishes);
}

/** Mailings whose definition must stand still: an office deletes none that is just being chosen. */
async function mailingLocks(tx: ReadTransaction, personId: string, today: Day) {
  const offices = new Set((await mailingsOfDoctor(tx, personId, today)).map((one) => one.associationId));
  return [...offices].map((id) => ({ kind: 'association' as const, id: String(id) }));
}

/** 保存する of D-04: where things go from now on; offices and the doctor hear what has changed. */
export const saveMailing = command({
  name: 'profile.saveMailing',
  input: mailingInput,
  locks: async (tx, { choices }, ctx) => {
    if (ctx.actor.kind !== 'doctor') return [];
    const { personId } = ctx.actor;
    const offices = choices.length === 0 ? [] : await mailingLocks(tx, personId, ctx.today);
    return [{ kind: 'person' as const, id: personId }, ...offices];
  },
  load: async (tx, _input, ctx) => (ctx.actor.kind === 'doctor' ? await mailingAround(tx, ctx.actor.personId, ctx) : undefined),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  decide: (_ctx, around, input) => {
    if (around.version !== input.version) return refuse('conflict', { message: labels.changed, current: { version: around.version } });
    const mailing = mailingOf(around, input);
    if (!mailing.ok) return mailing;
    const wrong = flaws(around, input);
    if (Object.keys(wrong).length > 0) return refuseFields(wrong);
    const wishes = wishesOf(around, input);
    if (!wishes.ok) return wishes;
    const name = nameChange(around, input.useFormerName);
    const changes = [...mailingChanges(around.choice, mailing.value, around.places), ...wishChange(wishes.value.length)];
    return accepted({ mailing: mailing.value, name, changes, wishes: wishes.value });
  },
  save: async (tx, { ctx, target: around, decision: { mailing, name, changes, wishes }, input }) => {
    const { personId } = around.target.person;
    if (changes.length > 0) await putMailing(tx, personId, { mailing, at: ctx.now });
    await writeMailingWishes(tx, personId, { wishes, at: ctx.now });
    if (name.length > 0) await writeUseFormerName(tx, personId, { use: input.useFormerName, at: ctx.now });
    const fields = [...(changes.length > 0 ? ['mailings'] : []), ...name.map((one) => one.key)];
    const all = [...name, ...changes];
    const events = await recordProfileChange(tx, ctx, { personId, source: 'self', fields, changes: all });
    const audit = { action: 'profile.saveMailing', personIds: [personId], target: personId, detail: { fields } };
    return { value: { fields }, audit, events };
  },
});
