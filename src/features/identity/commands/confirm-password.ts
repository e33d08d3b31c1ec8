import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { checkPasswordHash, passwordsBusy, tooBusy } from '#platform/password/password.ts';
import { signInMessages } from '../messages.ts';
import { findPasswordHash, forgetTries, takeTry } from '../store.server.ts';

/**
 * Asks the acting person's password once more before something weighty (`screens.md O-23`). Failed tries make the next one
 * wait, as at login; each is on record. `wrong` is what the field says.
 */
export async function confirmPassword(ctx: Context, password: string, wrong: string): Promise<Outcome<true>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  if (passwordsBusy()) return tooBusy();
  try {
    const { system } = ctx.database;
    const wait = await takeTry(system, accountId, ctx.now);
    if (wait > 0) return refuse('tooMany', { message: signInMessages.comeLater(wait), retryAfterSeconds: wait });
    const checked = await checkPasswordHash(await findPasswordHash(system, accountId), password);
    if (!checked.ok) return checked;
    if (!checked.value) {
      await ctx.audit.write([auditRow(ctx, { action: 'identity.confirmPassword', target: accountId }, 'refused')]);
      return refuseFields({ password: [wrong] });
    }
    await forgetTries(system, accountId);
    return accepted(true);
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
