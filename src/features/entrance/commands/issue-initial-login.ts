import { loginOf } from '#features/identity/commands/change-login.ts';
import { replaceInitialLogin, writeInitialAccount } from '#features/identity/commands/initial-login.ts';
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
import { texts } from '../messages.ts';

const dayMs = 86_400_000;

const issue = command({
  name: 'entrance.issueInitialLogin',
  input: z.object({ personId: idInput, loginId: z.string(), passwordHash: z.string().startsWith('$argon2id$') }),
  secret: true,
  locks: async (_tx, { personId }) => await Promise.resolve([{ kind: 'person' as const, id: personId }]),
  load: async (tx, { personId }) => {
    const person = await findPerson(tx, personId);
    return person === undefined ? undefined : { person, days: (await systemSettingsOf(tx)).initialLoginDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { person, days }) =>
    person.diedOn === null
      ? accepted({ person, until: new Date(ctx.now.getTime() + days * dayMs) })
      : refuse('conflict', { message: texts.deadDoctor }),
  save: async (tx, { decision: { person, until }, input: { loginId, passwordHash } }) => {
    const login = { loginId, passwordHash, until };
    if (person.accountId === null) {
      const accountId = await writeInitialAccount(tx, { ...login, displayName: `${person.surname} ${person.givenName}` });
      await writeAccountOf(tx, person.id, accountId);
    } else {
      await replaceInitialLogin(tx, person.accountId, login);
    }
    return { value: { until }, audit: { action: 'entrance.issueInitialLogin', target: person.id, personIds: [person.id] }, events: [] };
  },
});

export type IssuedLogin = { loginId: string; password: string; until: Date };

/** True while a doctor with an account may still get another initial login. */
async function isUnused(ctx: Context, accountId: string): Promise<boolean> {
  const login = await loginOf(ctx, accountId);
  return login !== undefined && login.initialUntil !== null;
}

/**
 * 初期のログイン情報 of a doctor whose data were migrated, for the letter L-01: made by the system, shown to nobody but its
 * caller, good until the day of the setting. Whoever has a login of his own gets none.
 */
export async function issueInitialLogin(
  ctx: Context,
  person: { personId: string; accountId: string | null },
): Promise<Outcome<IssuedLogin>> {
  if (person.accountId !== null && !(await isUnused(ctx, person.accountId))) return refuse('conflict', { message: texts.hasLogin });
  const loginId = `mamis-${newShortSecret().replaceAll('-', '').toLowerCase().slice(0, 10)}`;
  const password = newShortSecret();
  const hashed = await hashPassword(password);
  if (!hashed.ok) return hashed;
  const outcome = await run(issue, ctx, { personId: person.personId, loginId, passwordHash: hashed.value });
  return outcome.ok ? accepted({ loginId, password, until: outcome.value.until }) : outcome;
}
