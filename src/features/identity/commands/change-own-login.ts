import { actingAccount } from '#kernel/actor.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { signInMessages } from '../messages.ts';
import { isReservedId } from '../passwords.ts';
import { newLoginIdInput } from '../schema.ts';
import { confirmPassword } from './confirm-password.ts';
import { loginOf, prepareNewPassword, tellChange, writeLoginId, writePassword } from './change-login.ts';

/** Changes of one's own login (D-05, O-27): each asks for the password again and tells the owner by mail (M-05). */

const change = z.object({ accountId: z.string(), name: z.string(), mail: z.string(), userAgent: z.string() });
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

const changeId = command({
  name: 'identity.changeLoginId',
  input: change.extend({ loginId: newLoginIdInput }),
  secret: true,
  locks: async (_tx, input) => [
    { kind: 'key', id: `login:${input.loginId.toLowerCase()}` },
    { kind: 'account', id: input.accountId },
  ],
  load: async () => ({}),
  allow: systemOnly,
  decide: (_ctx, _target, input) => (isReservedId(input.loginId) ? refuseFields({ newLoginId: [messages.idUsed()] }) : accepted(true)),
  save: async (tx, { ctx, input: { accountId, loginId, name, mail: to, userAgent } }) => {
    await writeLoginId(tx, accountId, loginId);
    await tellChange(tx, ctx, { what: signInMessages.loginId, name, to, userAgent, cause: `${ctx.requestId}:id` });
    return { value: true, audit: { action: 'identity.changeLoginId', target: accountId }, events: [] };
  },
  constraints: { account_login_id: () => refuseFields({ newLoginId: [messages.idUsed()] }) },
});

const changePassword = command({
  name: 'identity.changePassword',
  input: change.extend({ passwordHash: z.string().startsWith('$argon2id$'), except: z.instanceof(Buffer) }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async () => ({}),
  allow: systemOnly,
  decide: () => accepted(true),
  save: async (tx, { ctx, input: { accountId, passwordHash, except, name, mail: to, userAgent } }) => {
    await writePassword(tx, accountId, { hash: passwordHash, at: ctx.now, except });
    await tellChange(tx, ctx, { what: signInMessages.password, name, to, userAgent, cause: `${ctx.requestId}:password` });
    return { value: true, audit: { action: 'identity.changePassword', target: accountId }, events: [] };
  },
});

/** What comes with every change: the present password, and the browser for the mail. */
export type Asked = { currentPassword: string; userAgent: string };

/** The password asked once more, under the name of the field that the form gives it. */
export async function passwordAgain(ctx: Context, password: string, field: string): Promise<Outcome<true>> {
  if (password === '') return refuseFields({ [field]: [messages.req(signInMessages.currentPassword)] });
  const confirmed = await confirmPassword(ctx, password, signInMessages.wrongPassword);
  const wrong = confirmed.ok ? undefined : confirmed.refusal.fields?.['password'];
  return wrong === undefined ? confirmed : refuseFields({ [field]: wrong });
}

async function owner(ctx: Context): Promise<Outcome<{ accountId: string; name: string; mail: string }>> {
  const accountId = actingAccount(ctx.actor);
  const login = accountId === undefined ? undefined : await loginOf(ctx, accountId);
  if (accountId === undefined || login === undefined) return refuse('unauthenticated');
  return accepted({ accountId, name: login.displayName, mail: login.mail ?? '' });
}

/** Another login ID for the account one is logged in to. */
export async function changeOwnLoginId(ctx: Context, asked: Asked & { loginId: string }): Promise<Outcome<true>> {
  const id = newLoginIdInput.safeParse(asked.loginId);
  if (!id.success) return refuseFields({ newLoginId: id.error.issues.map((issue) => issue.message) });
  const again = await passwordAgain(ctx, asked.currentPassword, 'passwordForId');
  if (!again.ok) return again;
  const who = await owner(ctx);
  if (!who.ok) return who;
  const outcome = await run(
    changeId,
    { ...ctx, actor: { kind: 'system', name: 'identity' } },
    { ...who.value, loginId: id.data, userAgent: asked.userAgent },
  );
  return outcome.ok ? accepted(true) : outcome;
}

/** Another password; every other session of the account ends. */
export async function changeOwnPassword(ctx: Context, asked: Asked & { session: Buffer; raw: unknown }): Promise<Outcome<true>> {
  const again = await passwordAgain(ctx, asked.currentPassword, 'passwordNow');
  if (!again.ok) return again;
  const who = await owner(ctx);
  const login = who.ok ? await loginOf(ctx, who.value.accountId) : undefined;
  if (!who.ok || login === undefined) return who.ok ? refuse('unauthenticated') : who;
  const prepared = await prepareNewPassword(asked.raw, login);
  if (!prepared.ok) return prepared;
  const input = { ...who.value, passwordHash: prepared.value, except: asked.session, userAgent: asked.userAgent };
  const outcome = await run(changePassword, { ...ctx, actor: { kind: 'system', name: 'identity' } }, input);
  return outcome.ok ? accepted(true) : outcome;
}
