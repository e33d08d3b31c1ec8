import { initialUntil, replaceInitialLogin, writeInitialAccount } from '#features/identity/commands/initial-login.ts';
import { accountConstraints } from '#features/identity/commands/create-account.ts';
import { writeAccountOf } from '#features/person/commands/change-profile.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { idInput } from '#kernel/input.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { hashPassword } from '#platform/password/password.ts';
import { newShortSecret } from '#platform/session/short-secret.ts';
import { z } from 'zod';
import { insertLetter } from '../letter.store.server.ts';
import { texts } from '../messages.ts';
import { letterNoteInput } from '../schema.ts';

const dayMs = 86_400_000;

const issue = command({
  name: 'entrance.issueInitialLogin',
  input: z.object({
    personId: idInput,
    loginId: z.string(),
    passwordHash: z.string().startsWith('$argon2id$'),
    letter: letterNoteInput.optional(),
  }),
  secret: true,
  locks: async (_tx, { personId }) => await Promise.resolve([{ kind: 'person' as const, id: personId }]),
  load: async (tx, { personId }) => {
    const person = await findPerson(tx, personId);
    if (person === undefined) return undefined;
    const unused = person.accountId === null || (await initialUntil(tx, person.accountId)) !== undefined;
    return { person, unused, days: (await systemSettingsOf(tx)).initialLoginDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { person, unused, days }) => {
    if (person.diedOn !== null) return refuse('conflict', { message: texts.deadDoctor });
    if (!unused) return refuse('conflict', { message: texts.hasLogin });
    return accepted({ person, until: new Date(ctx.now.getTime() + days * dayMs) });
  },
  save: async (tx, { ctx, decision: { person, until }, input: { loginId, passwordHash, letter } }) => {
    const login = { loginId, passwordHash, until };
    if (person.accountId === null) {
      const accountId = await writeInitialAccount(tx, { ...login, displayName: `${person.surname} ${person.givenName}` });
      await writeAccountOf(tx, person.id, accountId);
    } else {
      await replaceInitialLogin(tx, person.accountId, login);
    }
    if (letter !== undefined) await insertLetter(tx, { ...letter, kind: 'initial', personId: person.id, at: ctx.now, until });
    const audit = { action: 'entrance.issueInitialLogin', target: person.id, personIds: [person.id], purpose: letter?.purpose ?? '' };
    return { value: { until }, audit, events: [] };
  },
  constraints: accountConstraints,
});

export type InitialLogin = { loginId: string; password: string };
export type IssuedLogin = InitialLogin & { until: Date };
export type LetterNote = z.infer<typeof letterNoteInput>;

/** An ID and a password that nobody has seen and that can be typed from paper. */
export function newInitialLogin(): InitialLogin {
  return { loginId: `mamis-${newShortSecret().replaceAll('-', '').toLowerCase().slice(0, 10)}`, password: newShortSecret() };
}

type Issue = { login?: InitialLogin; letter?: LetterNote };

/**
 * 初期のログイン情報 of a doctor whose data were migrated, for the letter L-01: made by the system, shown to nobody but its
 * caller, good until the day of the setting. Whoever has a login of his own gets none. `login` where it stands in a letter already.
 */
export async function issueInitialLogin(
  ctx: Context,
  personId: string,
  { login = newInitialLogin(), letter }: Issue = {},
): Promise<Outcome<IssuedLogin>> {
  const hashed = await hashPassword(login.password);
  if (!hashed.ok) return hashed;
  const outcome = await run(issue, ctx, { personId, loginId: login.loginId, passwordHash: hashed.value, letter });
  return outcome.ok ? accepted({ ...login, until: outcome.value.until }) : outcome;
}
