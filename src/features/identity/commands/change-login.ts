import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { type ReadTransaction, readTransaction, type WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { checkPasswordHash } from '#platform/password/password.ts';
import { z } from 'zod';
import {
  dropMailChange,
  endSessionsOf,
  findLogin,
  type LoginRow,
  updateLoginId,
  updateMail,
  updatePassword,
} from '../account.store.server.ts';
import { deviceWords, originWords } from '../browser.ts';
import { changedMail } from '../mails/texts.ts';
import { signInMessages } from '../messages.ts';
import { findPlace } from '../place.store.server.ts';
import { differingPasswords } from '../schema.ts';
import { deleteFactor } from '../second-factor.store.server.ts';
import { prepareLogin } from './create-account.ts';

/** Changes of a login, written inside the commands of this feature and of the entrance; always as the system. */

export type Login = LoginRow;

/** The login of an account that is in use. */
export async function loginOf(ctx: Context, accountId: string): Promise<Login | undefined> {
  return await readTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, (tx) => findLogin(tx, accountId));
}

/** The same inside a transaction of the system. */
export async function loginIn(tx: ReadTransaction, accountId: string): Promise<Login | undefined> {
  return await findLogin(tx, accountId);
}

const pair = z.object({ password: z.string().max(1000).default(''), passwordRepeat: z.string().max(1000).default('') });

/**
 * Checks a new password twice typed for an account (checks pw, pwWeak, pwOld, same) and hashes it. Call before the command
 * that writes it, never inside a transaction.
 */
export async function prepareNewPassword(raw: unknown, login: Login): Promise<Outcome<string>> {
  const parsed = pair.safeParse(raw);
  const typed = parsed.success ? parsed.data : { password: '', passwordRepeat: '' };
  const repeated = differingPasswords(typed);
  const prepared = await prepareLogin({ loginId: login.loginId, password: typed.password }, login.displayName.split(/\s+/));
  if (!prepared.ok && prepared.refusal.code !== 'invalid') return prepared;
  const { loginId: _own, ...flaws } = prepared.ok ? {} : (prepared.refusal.fields ?? {});
  const errors = { ...flaws, ...(repeated === undefined ? {} : { passwordRepeat: [repeated] }) };
  if (Object.keys(errors).length > 0 || !prepared.ok) return refuseFields(errors);
  const same = await checkPasswordHash(login.passwordHash, typed.password);
  if (!same.ok) return same;
  return same.value ? refuseFields({ password: [messages.pwOld()] }) : accepted(prepared.value.passwordHash);
}

/** Writes a new password; every other session of the account ends, and so does a change of address that was asked for before. */
export async function writePassword(
  tx: WriteTransaction,
  accountId: string,
  change: { hash: string; at: Date; except?: Buffer },
): Promise<void> {
  await updatePassword(tx, accountId, change);
  await endSessionsOf(tx, accountId, change.except);
  await dropMailChange(tx, accountId, change.at);
}

/** Takes the authenticator app and its recovery codes away; whoever calls has made sure whose they are. */
export async function writeNoFactor(tx: WriteTransaction, accountId: string): Promise<void> {
  await deleteFactor(tx, accountId);
}

/** Writes a new login ID. @throws unique violation `account_login_id` when it is taken */
export async function writeLoginId(tx: WriteTransaction, accountId: string, loginId: string): Promise<void> {
  await updateLoginId(tx, accountId, loginId);
}

/** Writes an address that has been checked. */
export async function writeMail(tx: WriteTransaction, accountId: string, mail: string): Promise<void> {
  await updateMail(tx, accountId, mail);
}

/** What M-05 tells the owner of an account; '' goes to nobody. `personId` of a doctor who may have died meanwhile. */
export type Change = { what: string; done?: string; name: string; to: string; userAgent: string; cause: string; personId?: string };

/** M-05: what was changed, when, with which browser and from where, to the owner. */
export async function tellChange(tx: WriteTransaction, ctx: Context, change: Change): Promise<void> {
  if (change.to === '') return;
  const text = changedMail({
    name: change.name,
    what: change.what,
    done: change.done ?? signInMessages.changed,
    device: deviceWords(change.userAgent),
    origin: originWords(ctx.address, await findPlace(tx, ctx.address)),
    at: ctx.now,
    link: `${ctx.site.origin}/recover`,
  });
  const about = change.personId === undefined ? {} : { personId: change.personId };
  await queueMail(tx, { template: 'M-05', dedupeKey: `M-05:${change.cause}`, to: change.to, ...about, ...text });
}
