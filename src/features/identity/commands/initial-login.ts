import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { checkPasswordHash } from '#platform/password/password.ts';
import { findLogin, type InitialLogin, renewInitialLogin, settleLogin } from '../account.store.server.ts';
import { signInMessages } from '../messages.ts';
import { forgetTries, insertAccount, takeTry } from '../store.server.ts';
import type { Login } from './change-login.ts';

/** The login that a migrated doctor gets by letter and changes at first use, for the commands of the entrance; as the system. */

/** Writes the account of a doctor who has none. */
export async function writeInitialAccount(tx: WriteTransaction, login: InitialLogin & { displayName: string }): Promise<string> {
  const { loginId, passwordHash, displayName, until } = login;
  const id = newId();
  await insertAccount(tx, id, { loginId, passwordHash, displayName, kind: 'doctor', mail: '', initialUntil: until });
  return id;
}

/** Until when the initial login of an account can be used; undefined when its owner has his own. */
export async function initialUntil(tx: ReadTransaction, accountId: string): Promise<Date | undefined> {
  return (await findLogin(tx, accountId))?.initialUntil ?? undefined;
}

/** Another initial login for one that was lost. */
export async function replaceInitialLogin(tx: WriteTransaction, accountId: string, login: InitialLogin): Promise<void> {
  await renewInitialLogin(tx, accountId, login);
}

/** The doctor's own login ID, password and checked address. @throws unique violation `account_login_id` when the ID is taken */
export async function writeOwnLogin(
  tx: WriteTransaction,
  accountId: string,
  own: { loginId: string; passwordHash: string; mail: string; displayName: string; at: Date },
): Promise<void> {
  await settleLogin(tx, accountId, own);
}

/** New login ID and password must differ from the initial ones (A-10 step 4). */
export async function flawsBesideInitial(login: Login, typed: { loginId: string; password: string }): Promise<Outcome<FieldErrors>> {
  const sameId: FieldErrors = typed.loginId.toLowerCase() === login.loginId.toLowerCase() ? { loginId: [signInMessages.newLoginId] } : {};
  if (typed.password === '') return accepted(sameId);
  const same = await checkPasswordHash(login.passwordHash, typed.password);
  if (!same.ok) return same;
  return accepted({ ...sameId, ...(same.value ? { password: [messages.pwOld()] } : {}) });
}

/** Counts a try of an account that is not signed in yet; the seconds to wait when it comes too early. */
export async function takeAccountTry(ctx: Context, accountId: string): Promise<number> {
  return await takeTry(ctx.database.system, accountId, ctx.now);
}

/** A right answer ends the waiting. */
export async function forgetAccountTries(ctx: Context, accountId: string): Promise<void> {
  await forgetTries(ctx.database.system, accountId);
}
