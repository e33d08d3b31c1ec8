import type { Actor } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { hashRecoveryCode, newRecoveryCodes, readRecoveryCode } from '#platform/second-factor/recovery-codes.ts';
import { base32, matchingStep, newTotpSecret, totpUri } from '#platform/second-factor/totp.ts';
import { z } from 'zod';
import { signInMessages } from '../messages.ts';
import { countPasskeys } from '../passkey.store.server.ts';
import { factorRequired, mayGiveUp } from '../rules.ts';
import {
  confirmFactorRow,
  countCodes,
  deleteFactor,
  findFactor,
  holdAfterLift,
  putFactor,
  replaceCodes,
  useCode,
  useStep,
} from '../second-factor.store.server.ts';
import { takeTry } from '../store.server.ts';
import { loginOf, tellChange } from './change-login.ts';

/** The second proof of identity (A-02, D-05): codes of an authenticator app, and recovery codes for the day it is lost. */

const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'identity' } });
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

/** `set`: an authenticator app; a passkey is a factor too, where one must be. */
export type FactorState = { set: boolean; confirmedAt: number; codesLeft: number; passkeys: number; required: boolean };

/** Which second factors an account has, and whether it must have one (`rules.md 5.4`). */
export async function factorState(ctx: Context, accountId: string, actor: Actor): Promise<FactorState> {
  return await readTransaction(asSystem(ctx), async (tx) => {
    const factor = await findFactor(tx, accountId);
    const { officeSecondFactor } = await systemSettingsOf(tx);
    return {
      set: factor?.confirmedAt instanceof Date,
      confirmedAt: factor?.confirmedAt?.getTime() ?? 0,
      codesLeft: await countCodes(tx, accountId),
      passkeys: await countPasskeys(tx, accountId),
      required: factorRequired(actor, { setting: officeSecondFactor, demo: ctx.site.demo }),
    };
  });
}

export type NewKey = { key: string; uri: string };

/** The key that waits to be confirmed; `notFound` before the set-up has begun, or after. */
export async function waitingKey(ctx: Context, accountId: string): Promise<Outcome<NewKey>> {
  const login = await loginOf(ctx, accountId);
  const factor = await readTransaction(asSystem(ctx), (tx) => findFactor(tx, accountId));
  if (login === undefined || factor === undefined || factor.confirmedAt !== null) return refuse('notFound');
  const secret = ctx.vault.open(accountId, factor.secret);
  return secret === undefined ? refuse('notFound') : accepted({ key: base32(secret), uri: totpUri(secret, login.loginId) });
}

const forAccount = z.object({ accountId: z.string() });

const begin = command({
  name: 'identity.beginSecondFactor',
  input: forAccount,
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => ({ factor: await findFactor(tx, input.accountId) }),
  allow: systemOnly,
  decide: (_ctx, { factor }) => (factor?.confirmedAt instanceof Date ? refuse('conflict') : accepted(newTotpSecret())),
  save: async (tx, { ctx, decision, input }) => {
    await putFactor(tx, input.accountId, { secret: ctx.vault.seal(input.accountId, decision), at: ctx.now });
    return { value: true, audit: { action: 'identity.beginSecondFactor', target: input.accountId }, events: [] };
  },
});

/** Makes a new key; the one that was never confirmed is forgotten. */
export async function beginFactor(ctx: Context, accountId: string): Promise<Outcome<true>> {
  const outcome = await run(begin, asSystem(ctx), { accountId });
  return outcome.ok ? accepted(true) : outcome;
}

type About = { accountId: string; userAgent: string };
const about = forAccount.extend({ userAgent: z.string() });
const withCodes = about.extend({ codes: z.array(z.string()) });

const confirm = command({
  name: 'identity.setSecondFactor',
  input: withCodes.extend({ code: z.string(), name: z.string(), mail: z.string() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => await findFactor(tx, input.accountId),
  allow: systemOnly,
  decide: (ctx, factor, input) => {
    const secret = factor.confirmedAt === null ? ctx.vault.open(input.accountId, factor.secret) : undefined;
    if (secret === undefined) return refuse('notFound');
    const step = matchingStep(secret, { code: input.code, now: ctx.now, lastStep: 0 });
    return step === undefined ? refuseFields({ code: [signInMessages.wrongCode] }) : accepted({ step });
  },
  save: async (tx, { ctx, decision, input }) => {
    const { accountId, codes, name, mail: to, userAgent } = input;
    await confirmFactorRow(tx, accountId, { step: decision.step, at: ctx.now });
    const { factorHoldHours } = await systemSettingsOf(tx);
    await holdAfterLift(tx, accountId, new Date(ctx.now.getTime() + factorHoldHours * 3_600_000));
    await replaceCodes(
      tx,
      accountId,
      codes.map((code) => hashRecoveryCode(accountId, code)),
    );
    await tellChange(tx, ctx, { what: signInMessages.secondFactor, name, to, userAgent, cause: `${ctx.requestId}:factor` });
    return { value: true, audit: { action: 'identity.setSecondFactor', target: accountId }, events: [] };
  },
});

/** The first right code finishes the set-up; the ten recovery codes are shown once and never again. */
export async function confirmFactor(ctx: Context, who: About, code: string): Promise<Outcome<readonly string[]>> {
  const login = await loginOf(ctx, who.accountId);
  if (login === undefined) return refuse('notFound');
  const codes = newRecoveryCodes();
  const told = { name: login.displayName, mail: login.mail ?? '' };
  const outcome = await run(confirm, asSystem(ctx), { ...who, ...told, codes, code: code.replaceAll(/\s/g, '') });
  return outcome.ok ? accepted(codes) : outcome;
}

const renew = command({
  name: 'identity.renewRecoveryCodes',
  input: withCodes,
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => await findFactor(tx, input.accountId),
  allow: systemOnly,
  decide: (_ctx, factor) => (factor.confirmedAt === null ? refuse('notFound') : accepted(true)),
  save: async (tx, { input: { accountId, codes } }) => {
    await replaceCodes(
      tx,
      accountId,
      codes.map((code) => hashRecoveryCode(accountId, code)),
    );
    return { value: true, audit: { action: 'identity.renewRecoveryCodes', target: accountId }, events: [] };
  },
});

/** Ten new recovery codes; those before are worth nothing any more. */
export async function renewCodes(ctx: Context, who: About): Promise<Outcome<readonly string[]>> {
  const codes = newRecoveryCodes();
  const outcome = await run(renew, asSystem(ctx), { ...who, codes });
  return outcome.ok ? accepted(codes) : outcome;
}

const remove = command({
  name: 'identity.removeSecondFactor',
  input: about.extend({ name: z.string(), mail: z.string(), required: z.boolean() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) =>
    (await findFactor(tx, input.accountId)) === undefined ? undefined : { passkeys: await countPasskeys(tx, input.accountId) },
  allow: systemOnly,
  decide: (_ctx, { passkeys }, { required }) =>
    mayGiveUp(required, { app: false, passkeys }) ? accepted(true) : refuse('conflict', { message: signInMessages.factorRequired }),
  save: async (tx, { ctx, input: { accountId, name, mail: to, userAgent } }) => {
    await deleteFactor(tx, accountId);
    await tellChange(tx, ctx, { what: signInMessages.secondFactor, name, to, userAgent, cause: `${ctx.requestId}:factor` });
    return { value: true, audit: { action: 'identity.removeSecondFactor', target: accountId }, events: [] };
  },
});

/** Takes the authenticator app away, unless the office must have a factor and there is no passkey. */
export async function removeFactor(ctx: Context, who: About): Promise<Outcome<true>> {
  const [login, { required }] = [await loginOf(ctx, who.accountId), await factorState(ctx, who.accountId, ctx.actor)];
  if (login === undefined) return refuse('notFound');
  const outcome = await run(remove, asSystem(ctx), { ...who, name: login.displayName, mail: login.mail ?? '', required });
  return outcome.ok ? accepted(true) : outcome;
}

const use = command({
  name: 'identity.useSecondFactor',
  input: forAccount.extend({ code: z.string(), recovery: z.boolean() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => await findFactor(tx, input.accountId),
  allow: systemOnly,
  decide: (ctx, factor, input): Outcome<{ step: number | undefined }> => {
    if (factor.confirmedAt === null) return refuse('notFound');
    if (input.recovery) return accepted({ step: 0 });
    const secret = ctx.vault.open(input.accountId, factor.secret);
    const { code } = input;
    const step = secret === undefined ? undefined : matchingStep(secret, { code, now: ctx.now, lastStep: factor.lastStep });
    return accepted({ step });
  },
  save: async (tx, { ctx, decision, input }) => {
    const { accountId, recovery } = input;
    const hash = hashRecoveryCode(accountId, input.code);
    const right =
      decision.step !== undefined &&
      (recovery ? await useCode(tx, accountId, { hash, at: ctx.now }) : await useStep(tx, accountId, decision.step));
    return { value: right, audit: { action: 'identity.useSecondFactor', target: accountId, detail: { recovery, right } }, events: [] };
  },
});

/** Checks a code at login: each opens once, failed tries make the next one wait as at the password (proof P19). */
export async function checkFactor(ctx: Context, accountId: string, typed: { code: string; recovery: boolean }): Promise<Outcome<true>> {
  const wait = await takeTry(ctx.database.system, accountId, ctx.now);
  if (wait > 0) return refuse('tooMany', { message: signInMessages.comeLater(wait), retryAfterSeconds: wait });
  const code = typed.recovery ? readRecoveryCode(typed.code) : typed.code.normalize('NFKC').replaceAll(/\s/g, '');
  const outcome = await run(use, asSystem(ctx), { accountId, code, recovery: typed.recovery });
  if (!outcome.ok) return outcome;
  if (outcome.value) return accepted(true);
  await ctx.audit.write([auditRow(ctx, { action: 'identity.useSecondFactor', target: accountId }, 'refused')]);
  return refuseFields({ code: [typed.recovery ? signInMessages.wrongRecoveryCode : signInMessages.wrongCode] });
}
