import {
  type Login,
  loginOf,
  prepareNewPassword,
  tellChange,
  writeLoginId,
  writeNoFactor,
  writePassword,
} from '#features/identity/commands/change-login.ts';
import { checkFactor, factorState } from '#features/identity/commands/second-factor.ts';
import { isReservedId } from '#features/identity/passwords.ts';
import { newLoginIdInput } from '#features/identity/schema.ts';
import { tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { findPersonOf } from '../mail-change.store.server.ts';
import { texts } from '../messages.ts';
import { resetLink } from '../queries/links.ts';
import { findLink, isByLetter, resetPurposes, useLinks } from '../recovery.store.server.ts';
import { linkState } from '../rules.ts';
import { resetCodeInput } from '../schema.ts';

/** Sets the new password; the link is used up, every session ends, the owner is told. */
const resetPassword = command({
  name: 'entrance.resetPassword',
  input: z.object({
    token: z.string().refine(isToken),
    passwordHash: z.string().startsWith('$argon2id$'),
    name: z.string(),
    mail: z.string(),
    userAgent: z.string(),
    loginId: newLoginIdInput.optional(),
    lift: z.boolean(),
  }),
  secret: true,
  locks: async (tx, input) => {
    const link = await findLink(tx, hashToken(input.token), resetPurposes);
    const id = input.loginId === undefined ? [] : [{ kind: 'key' as const, id: `login:${input.loginId.toLowerCase()}` }];
    return [...id, { kind: 'account', id: link?.accountId ?? '' }];
  },
  load: async (tx, input) => await findLink(tx, hashToken(input.token), resetPurposes),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, link, { lift }) => {
    if (linkState(link, ctx.now) !== 'open') return refuse('notFound');
    return lift && !isByLetter(link) ? refuse('forbidden') : accepted(link);
  },
  save: async (tx, { ctx, decision: link, input }) => {
    const { accountId } = link;
    await writePassword(tx, accountId, { hash: input.passwordHash, at: ctx.now });
    if (input.loginId !== undefined) await writeLoginId(tx, accountId, input.loginId);
    for (const purpose of resetPurposes) await useLinks(tx, accountId, { purpose, now: ctx.now });
    const cause = hashToken(input.token).toString('hex').slice(0, 32);
    const what = input.loginId === undefined ? texts.password : texts.loginAndPassword;
    const personId = await findPersonOf(tx, accountId);
    const told = { name: input.name, to: input.mail, userAgent: input.userAgent, ...(personId === undefined ? {} : { personId }) };
    await tellChange(tx, ctx, { ...told, what, cause });
    if (input.lift) {
      await writeNoFactor(tx, accountId);
      await tellChange(tx, ctx, { ...told, what: texts.secondFactor, done: texts.lifted, cause: `${cause}:factor` });
    }
    const detail = input.lift ? { detail: { factorLifted: true } } : {};
    return { value: true, audit: { action: 'entrance.resetPassword', target: accountId, ...detail }, events: [] };
  },
  constraints: { account_login_id: () => refuseFields({ newLoginId: [messages.idUsed()] }) },
});

const otherId = z.object({ newLoginId: z.string().trim().max(200).default('') });

/** Whoever came by the code of a letter may choose another login ID; left empty, the present one stays. */
function chosenId(raw: unknown, byLetter: boolean): Outcome<string | undefined> {
  const typed = otherId.safeParse(raw);
  if (!byLetter || !typed.success || typed.data.newLoginId === '') return accepted(undefined);
  const id = newLoginIdInput.safeParse(typed.data.newLoginId);
  if (!id.success) return refuseFields({ newLoginId: id.error.issues.map((issue) => issue.message) });
  return isReservedId(id.data) ? refuseFields({ newLoginId: [messages.idUsed()] }) : accepted(id.data);
}

const sixDigits = /^\d{6}$/;

type Proving = { accountId: string; byLetter: boolean };

const liftInput = z.object({ liftFactor: tickInput });

/**
 * With 2段階認証 the link alone is not enough: a code of the app, or a recovery code for whoever has lost it. A doctor who has
 * lost both comes by letter: 運営事務局 has made sure who he is, and the post has found him at his address; he may lift it.
 */
async function proveFactor(ctx: Context, { accountId, byLetter }: Proving, raw: unknown): Promise<Outcome<{ lift: boolean }>> {
  const { set } = await factorState(ctx, accountId, ctx.actor);
  if (!set) return accepted({ lift: false });
  const wish = liftInput.safeParse(raw);
  if (byLetter && wish.success && wish.data.liftFactor) return accepted({ lift: true });
  const parsed = resetCodeInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const { code } = parsed.data;
  const checked = await checkFactor(ctx, accountId, { code, recovery: !sixDigits.test(code) });
  return checked.ok ? accepted({ lift: false }) : checked;
}

/** 変更する: checks the new password and sets it. `notFound` when the link opens nothing any more. */
export async function reset(
  ctx: Context,
  asked: { token: string; userAgent: string },
  raw: unknown,
): Promise<Outcome<{ loginId: string | undefined }>> {
  const link = await resetLink(ctx, asked.token);
  if (!link.ok) return link;
  const login: Login | undefined = link.value.accountId === '' ? undefined : await loginOf(ctx, link.value.accountId);
  if (login === undefined) return refuse('notFound');
  const byLetter = link.value.loginId !== undefined;
  const id = chosenId(raw, byLetter);
  if (!id.ok) return id;
  const prepared = await prepareNewPassword(raw, { ...login, loginId: id.value ?? login.loginId });
  if (!prepared.ok) return prepared;
  const proved = await proveFactor(ctx, { accountId: link.value.accountId, byLetter }, raw);
  if (!proved.ok) return proved;
  const outcome = await run(resetPassword, asEntrance(ctx), {
    ...asked,
    passwordHash: prepared.value,
    name: login.displayName,
    mail: login.mail ?? '',
    loginId: id.value,
    lift: proved.value.lift,
  });
  return outcome.ok ? accepted({ loginId: id.value }) : outcome;
}
