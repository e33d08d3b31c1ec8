import { accountConstraints, writeAccount } from '#features/identity/commands/create-account.ts';
import { type Browser, enter, type LoggedIn } from '#features/identity/commands/open-session.ts';
import { newLoginIdInput } from '#features/identity/schema.ts';
import { writeDoctor } from '#features/person/commands/register-doctor.ts';
import { profileCodes } from '#features/person/queries/profile-options.ts';
import { flawsOfProfile, unknownCodes } from '#features/person/rules.ts';
import { profileInput, textIn } from '#features/person/schema.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { z } from 'zod';
import { asEntrance, inEvenTime } from '../as-entrance.ts';
import { registered } from '../mails/texts.ts';
import { findById, insertConsents, markCompleted, type Registration } from '../store.server.ts';

/** The draft as a profile with the address that was checked, and the login ID. */
export function entriesOf(registration: Registration) {
  const profile = profileInput.safeParse({ ...registration.draft, mail: registration.mail });
  const loginId = newLoginIdInput.safeParse(textIn(registration.draft, 'loginId'));
  return { profile, loginId };
}

function licenceIn(registration: Registration | undefined): string {
  const profile = registration === undefined ? undefined : entriesOf(registration).profile;
  return profile?.success === true ? profile.data.licenceNumber : '';
}

/**
 * Makes account and person of a registration. A number that is known already becomes a claim; what is answered, shown
 * and mailed is the same (`rules.md 5.2`).
 */
const completeRegistration = command({
  name: 'entrance.register',
  input: z.object({ id: z.string() }),
  secret: true,
  locks: async (tx, input) => {
    const registration = await findById(tx, input.id);
    return [
      { kind: 'key', id: `registration:${input.id}` },
      { kind: 'key', id: `login:${registration === undefined ? '' : textIn(registration.draft, 'loginId').toLowerCase()}` },
      { kind: 'person', id: `licence:${licenceIn(registration)}` },
    ];
  },
  load: async (tx, input, ctx) => {
    const registration = await findById(tx, input.id);
    if (registration === undefined || registration.completedAt !== null || registration.accountId !== null) return undefined;
    return { registration, codes: await profileCodes(tx, ctx.today) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { registration, codes }) => {
    const { profile, loginId } = entriesOf(registration);
    if (!profile.success) return refuse('invalid', { fields: fieldErrors(profile.error) });
    if (!loginId.success || registration.passwordHash === null || registration.expiresAt <= ctx.now) return refuse('invalid');
    const flaws = { ...flawsOfProfile(profile.data, ctx.today), ...unknownCodes(profile.data, codes) };
    if (Object.keys(flaws).length > 0) return refuseFields(flaws);
    return accepted({ profile: profile.data, loginId: loginId.data, passwordHash: registration.passwordHash, registration });
  },
  save: async (tx, { ctx, decision }) => {
    const { profile, loginId, passwordHash, registration } = decision;
    const name = `${profile.surname} ${profile.givenName}`;
    const accountId = await writeAccount(tx, { loginId, passwordHash, kind: 'doctor', displayName: name, mail: registration.mail });
    const { personId, claimed } = await writeDoctor(tx, { accountId, profile, at: ctx.now });
    await insertConsents(tx, { accountId, agreed: registration, at: registration.agreedAt });
    await markCompleted(tx, registration.id, ctx.now);
    const mail = registered({ name, login: `${ctx.site.origin}/login`, checked: false });
    await queueMail(tx, { template: 'M-03', dedupeKey: `M-03:${accountId}`, to: registration.mail, personId, ...mail });
    return {
      value: { accountId },
      audit: { action: 'entrance.register', personIds: [personId], target: personId, detail: { claimed } },
      events: [{ kind: 'person.registered', payload: { personId } }],
    };
  },
  constraints: accountConstraints,
});

/** 登録する, and the new doctor is logged in. */
export async function register(ctx: Context, registrationId: string, browser: Browser): Promise<Outcome<LoggedIn>> {
  const outcome = await inEvenTime(() => run(completeRegistration, asEntrance(ctx), { id: registrationId }));
  return outcome.ok ? await enter(ctx, outcome.value.accountId, browser) : outcome;
}
