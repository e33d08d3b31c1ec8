import { accountConstraints } from '#features/identity/commands/create-account.ts';
import { initialUntil, writeOwnLogin } from '#features/identity/commands/initial-login.ts';
import { type Browser, enter, type LoggedIn } from '#features/identity/commands/open-session.ts';
import { signInMessages } from '#features/identity/messages.ts';
import { decideProfile, loadProfileTarget, type ProfileTarget, saveProfile } from '#features/person/commands/change-profile.ts';
import { profileOfAccount } from '#features/person/queries/profile.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { registered } from '../mails/texts.ts';
import { findById, insertConsents, markCompleted, type Registration } from '../store.server.ts';
import { entriesOf } from './complete.ts';

type Loaded = { registration: Registration & { accountId: string }; target: ProfileTarget; usable: boolean };

const finish = command({
  name: 'entrance.firstLogin',
  input: z.object({ id: z.string() }),
  secret: true,
  locks: async (tx, { id }, ctx) => {
    const accountId = (await findById(tx, id))?.accountId ?? '';
    const person = accountId === '' ? undefined : await profileOfAccount(tx, accountId, ctx.today);
    return [
      { kind: 'key', id: `registration:${id}` },
      { kind: 'account', id: accountId },
      { kind: 'person', id: person?.personId ?? '' },
    ];
  },
  load: async (tx, { id }, ctx): Promise<Loaded | undefined> => {
    const registration = await findById(tx, id);
    if (registration === undefined || registration.completedAt !== null || registration.accountId === null) return undefined;
    const person = await profileOfAccount(tx, registration.accountId, ctx.today);
    if (person === undefined || person.dead) return undefined;
    const until = await initialUntil(tx, registration.accountId);
    const usable = until !== undefined && until > ctx.now;
    const target = await loadProfileTarget(tx, person.personId, ctx);
    return target && { registration: { ...registration, accountId: registration.accountId }, target, usable };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { registration, target, usable }) => {
    if (!usable)
      return refuse('conflict', { message: signInMessages.initialOver, link: { to: '/recover', label: signInMessages.toRecovery } });
    const { profile, loginId } = entriesOf(registration);
    if (!profile.success) return refuse('invalid', { fields: fieldErrors(profile.error) });
    if (!loginId.success || registration.passwordHash === null || registration.expiresAt <= ctx.now) return refuse('invalid');
    const change = decideProfile(ctx, target, profile.data);
    return change.ok ? accepted({ change: change.value, loginId: loginId.data, passwordHash: registration.passwordHash }) : change;
  },
  save: async (tx, { ctx, target: { registration, target }, decision: { change, loginId, passwordHash } }) => {
    const { accountId, mail } = registration;
    const { personId, licenceVerified } = target.person;
    const name = `${change.profile.surname} ${change.profile.givenName}`;
    await writeOwnLogin(tx, accountId, { loginId, passwordHash, mail, displayName: name, at: ctx.now });
    const events = await saveProfile(tx, ctx, { personId, decision: change, source: 'firstLogin', by: name });
    await insertConsents(tx, { accountId, agreed: registration, at: registration.agreedAt });
    await markCompleted(tx, registration.id, ctx.now);
    const text = registered({ name, login: `${ctx.site.origin}/login`, checked: licenceVerified });
    await queueMail(tx, { template: 'M-03', dedupeKey: `M-03:${accountId}`, to: mail, personId, ...text });
    const audit = { action: 'entrance.firstLogin', personIds: [personId], target: personId, detail: { fields: change.fields } };
    return { value: { accountId }, audit, events };
  },
  constraints: accountConstraints,
});

/** 登録する of A-10: the doctor's own login and what he has checked take effect together, and he is logged in. */
export async function finishFirstLogin(ctx: Context, registrationId: string, browser: Browser): Promise<Outcome<LoggedIn>> {
  const outcome = await run(finish, asEntrance(ctx), { id: registrationId });
  return outcome.ok ? await enter(ctx, outcome.value.accountId, browser) : outcome;
}
