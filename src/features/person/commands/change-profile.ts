import { actingAccount } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { DomainEvent, Lock } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { profileBlocks, shownChangesOf, type ProfileWords } from '../fields.ts';
import { texts } from '../messages.ts';
import {
  changeUnseenLicence,
  findLastChange,
  linkAccount,
  removeDraft,
  updateProfile,
  updateUseFormerName,
} from '../profile.store.server.ts';
import { profileCodes } from '../queries/profile-options.ts';
import { profileWords } from '../queries/profile-words.ts';
import { profileOfPerson, type OwnProfile } from '../queries/profile.ts';
import { asksFormerName, changedFields, checkedFields, flawsOfProfile, unknownCodes, withFormerName, type ProfileCodes } from '../rules.ts';
import { type Profile, profileChangeInput, type ProfileChangeInput, type ShownChange } from '../schema.ts';
import { recordProfileChange, type ChangeToRecord } from './record-change.ts';

/**
 * A change of 登録情報 (`rules.md 3.1`: no approval). The three parts are shared by the doctor's own command (D-03), which stands
 * below, by an office's (O-09) and by the first login: load, decide, save, each inside the caller's command.
 */

export type ProfileTarget = { person: OwnProfile; codes: ProfileCodes; words: ProfileWords; last: { who: string; at: Date } | undefined };

async function lastAct(tx: ReadTransaction, personId: string, ctx: Context): Promise<ProfileTarget['last']> {
  const last = await findLastChange(tx, personId);
  if (last === undefined) return undefined;
  const [office] = last.associationId === null ? [] : await associationsById(tx, [last.associationId], ctx.today);
  return { who: office === undefined ? last.by : `${last.by}(${office.name})`, at: last.at };
}

/** The person with what a change is judged by; undefined out of scope. */
export async function loadProfileTarget(tx: ReadTransaction, personId: string, ctx: Context): Promise<ProfileTarget | undefined> {
  const person = await profileOfPerson(tx, personId, ctx.today);
  if (person === undefined) return undefined;
  return {
    person,
    codes: await profileCodes(tx, ctx.today),
    words: await profileWords(tx, ctx.today),
    last: await lastAct(tx, personId, ctx),
  };
}

/** What a change of profile locks. */
export function profileLocks(personId: string, licenceNumber: string): Lock[] {
  return [
    { kind: 'person', id: personId },
    { kind: 'person', id: `licence:${licenceNumber}` },
  ];
}

/** Somebody else was quicker (`screens.md 1.5`); a second press carries the version told here. */
export function changedMeanwhile(target: ProfileTarget) {
  const { person, last } = target;
  const current = { version: person.version };
  return last === undefined
    ? refuse('conflict', { current })
    : refuse('conflict', { current, message: texts.changedBy({ who: last.who, at: formatInstant(last.at) }) });
}

export type ProfileDecision = { profile: Profile; fields: readonly string[]; changes: readonly ShownChange[] };

/** Everything that can be said against new values; else what differs, in fields and in words. */
export function decideProfile(ctx: Context, target: ProfileTarget, wanted: Profile): Outcome<ProfileDecision> {
  const { person, codes, words } = target;
  const before = person.profile;
  const fixed = person.licenceVerified ? checkedFields.filter((name) => before[name] !== wanted[name]) : [];
  const flaws = {
    ...flawsOfProfile(wanted, ctx.today),
    ...unknownCodes(wanted, codes),
    ...Object.fromEntries(fixed.map((name) => [name, [texts.checkedField]])),
  };
  if (Object.keys(flaws).length > 0) return refuseFields(flaws);
  const changes = shownChangesOf(profileBlocks(before, words), profileBlocks(wanted, words));
  return accepted({ profile: wanted, fields: changedFields(before, wanted), changes });
}

/** Writes what was decided, and its history; answers with the news. */
export async function saveProfile(
  tx: WriteTransaction,
  ctx: Context,
  change: { decision: ProfileDecision } & Pick<ChangeToRecord, 'personId' | 'source' | 'by' | 'proxy'>,
): Promise<DomainEvent[]> {
  const { personId, decision, source, by, proxy } = change;
  const { profile, fields, changes } = decision;
  await updateProfile(tx, personId, { profile, at: ctx.now });
  if (fields.includes('licenceNumber') || fields.includes('licensedOn')) {
    const { licenceNumber: number, licensedOn } = profile;
    await changeUnseenLicence(tx, { personId, number, licensedOn, claimId: newId(), at: ctx.now });
  }
  const accountId = actingAccount(ctx.actor);
  if (accountId !== undefined) await removeDraft(tx, { accountId, personId });
  return await recordProfileChange(tx, ctx, { personId, source, fields, changes, proxy, ...(by === undefined ? {} : { by }) });
}

/** The wanted profile; with the former 姓 as 旧姓 where the doctor says so, who must say one or the other. */
export function wantedProfile(before: Profile, { version: _version, keepFormer, ...wanted }: ProfileChangeInput): Outcome<Profile> {
  if (!asksFormerName(before, wanted)) return accepted(wanted);
  if (keepFormer === undefined) return refuseFields({ keepFormer: [messages.one()] });
  return accepted(keepFormer === 'yes' ? withFormerName(before, wanted) : wanted);
}

/** 登録する of D-03: the doctor changes his own data. */
export const changeOwnProfile = command({
  name: 'person.changeProfile',
  input: profileChangeInput,
  locks: async (_tx, input, ctx) => (ctx.actor.kind === 'doctor' ? profileLocks(ctx.actor.personId, input.licenceNumber) : []),
  load: async (tx, _input, ctx) => (ctx.actor.kind === 'doctor' ? await loadProfileTarget(tx, ctx.actor.personId, ctx) : undefined),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  decide: (ctx, target, input) => {
    if (target.person.version !== input.version) return changedMeanwhile(target);
    const wanted = wantedProfile(target.person.profile, input);
    if (!wanted.ok) return wanted;
    const decision = decideProfile(ctx, target, wanted.value);
    return decision.ok && decision.value.fields.length === 0 ? refuse('invalid', { message: texts.nothingChanged }) : decision;
  },
  save: async (tx, { ctx, target, decision }) => {
    const { personId } = target.person;
    const events = await saveProfile(tx, ctx, { personId, decision, source: 'self' });
    const audit = { action: 'person.changeProfile', personIds: [personId], target: personId, detail: { fields: decision.fields } };
    return { value: { fields: decision.fields }, audit, events };
  },
});

/** Writes 送付物の宛名に旧姓・旧名を使用する alone (D-04); the caller holds the person's lock. */
export async function writeUseFormerName(tx: WriteTransaction, personId: string, change: { use: boolean; at: Date }): Promise<void> {
  await updateUseFormerName(tx, personId, change);
}

/** Gives a person who has none a login; the caller holds the person's lock. */
export async function writeAccountOf(tx: WriteTransaction, personId: string, accountId: string): Promise<void> {
  await linkAccount(tx, personId, accountId);
}
