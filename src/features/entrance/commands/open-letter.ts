import { freeTriesOfAddress } from '#features/identity/rules.ts';
import { makeTries } from '#features/identity/tries.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { tokenOfSecret } from '#platform/session/short-secret.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance, inEvenTime } from '../as-entrance.ts';
import { texts } from '../messages.ts';
import { findLink, insertLink, listOwnersOfNumber, useLinks } from '../recovery.store.server.ts';
import { linkState } from '../rules.ts';
import { letterCodeInput } from '../schema.ts';

const hourMs = 3_600_000;
const ofAddress = makeTries(freeTriesOfAddress);
const tokenInput = z.string().refine(isToken);

/** Uses up the code of letter L-02 and opens パスワードの再設定; number, day of birth and code must all fit. */
const openLetter = command({
  name: 'entrance.openLetter',
  input: letterCodeInput.extend({ token: tokenInput, resetToken: tokenInput }),
  secret: true,
  locks: async (tx, { token }) => [{ kind: 'account', id: (await findLink(tx, hashToken(token), ['letter']))?.accountId ?? '' }],
  load: async (tx, { token, licenceNumber }) => {
    const link = await findLink(tx, hashToken(token), ['letter']);
    const owner = (await listOwnersOfNumber(tx, licenceNumber)).find((one) => one.accountId === link?.accountId);
    return link && owner && { link, owner, hours: (await systemSettingsOf(tx)).resetLinkHours };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { link, owner, hours }, { birthOn }) =>
    linkState(link, ctx.now) === 'open' && owner.birthOn === birthOn && owner.diedOn === null
      ? accepted({ accountId: link.accountId, hours })
      : refuse('notFound'),
  save: async (tx, { ctx, decision: { accountId, hours }, input: { resetToken } }) => {
    await useLinks(tx, accountId, { purpose: 'letter', now: ctx.now });
    const expiresAt = new Date(ctx.now.getTime() + hours * hourMs);
    await insertLink(tx, { tokenHash: hashToken(resetToken), accountId, purpose: 'letterReset', mail: '', now: ctx.now, expiresAt });
    return { value: true, audit: { action: 'entrance.openLetter', target: accountId }, events: [] };
  },
});

/** 書状のコードを持っている: the word with which A-12 opens; whatever does not fit gets the same answer after the same time. */
export async function tryLetterCode(ctx: Context, raw: unknown): Promise<Outcome<{ token: string }>> {
  const parsed = letterCodeInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const wait = ofAddress.take(ctx.address, ctx.now);
  if (wait > 0) return refuse('tooMany', { message: texts.waitSeconds(wait), retryAfterSeconds: wait });
  const resetToken = newToken();
  const asked = { ...parsed.data, token: tokenOfSecret(parsed.data.letterCode), resetToken };
  const outcome = await inEvenTime(async () => await run(openLetter, asEntrance(ctx), asked));
  if (outcome.ok) return accepted({ token: resetToken });
  return outcome.refusal.code === 'notFound' ? refuse('conflict', { message: texts.checkEntries }) : outcome;
}
