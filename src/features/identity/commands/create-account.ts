import { type Id, newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { hashPassword } from '#platform/password/password.ts';
import { z } from 'zod';
import { flawsOfLogin } from '../passwords.ts';
import { type NewAccount, newAccountInput, newLoginIdInput, newPasswordInput } from '../schema.ts';
import { insertAccount } from '../store.server.ts';

/** The refusal when a login ID is taken, for the `constraints` of commands that write an account with other rows. */
export const accountConstraints = {
  account_login_id: () => refuseFields({ loginId: [messages.idUsed()] }),
} as const;

/** Writes an account inside the command of another feature (registration, first administrator). */
export async function writeAccount(tx: WriteTransaction, account: NewAccount): Promise<Id> {
  const accountId = newId();
  await insertAccount(tx, accountId, account);
  return accountId;
}

/** Adds an account whose password is already a hash: imports, demo. Registration has a command of its own. */
export const addAccount = command({
  name: 'identity.addAccount',
  input: newAccountInput,
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `login:${input.loginId.toLowerCase()}` }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, _target, input) => accepted(input),
  save: async (tx, { decision }) => {
    const accountId = await writeAccount(tx, decision);
    return { value: { accountId }, audit: { action: 'identity.addAccount', target: accountId }, events: [] };
  },
  constraints: accountConstraints,
});

const chosenLogin = z.object({ loginId: newLoginIdInput, password: newPasswordInput });

export type ChosenLogin = { loginId: string; passwordHash: string };

/**
 * Checks a login ID and password that somebody chooses (checks id, pw, pwWeak; `idUsed` is the constraint's) and hashes the
 * password. Call before the command that writes the account, never inside a transaction. `names` may not be in the password.
 */
export async function prepareLogin(raw: unknown, names: readonly string[]): Promise<Outcome<ChosenLogin>> {
  const parsed = chosenLogin.safeParse(raw);
  if (!parsed.success) return refuseFields(fieldErrors(parsed.error));
  const flaws = flawsOfLogin({ ...parsed.data, names });
  if (Object.keys(flaws).length > 0) return refuseFields(flaws);
  const hashed = await hashPassword(parsed.data.password);
  return hashed.ok ? accepted({ loginId: parsed.data.loginId, passwordHash: hashed.value }) : hashed;
}

export type NewPerson = { kind: NewAccount['kind']; displayName: string; mail: string };

/** Creates an account from a typed login ID and password, as the system. */
export async function createAccount(ctx: Context, raw: unknown, person: NewPerson): Promise<Outcome<{ accountId: string }>> {
  const login = await prepareLogin(raw, person.displayName.split(/\s+/));
  return login.ok ? await run(addAccount, ctx, { ...login.value, ...person }) : login;
}
