import { actingAccount } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { signInAct } from '../act.ts';
import { consentMessages } from '../messages.ts';
import { owedTerms, seenVersions } from '../queries/owed-terms.ts';
import { agreeInput } from '../schema.ts';
import { insertAgreed, insertOfficeConsent, putOffConsent } from '../terms.store.server.ts';

/** 次へ of A-17: agrees to what was shown; a version that came in between is shown first. */
export async function agreeToTerms(ctx: Context, tokenHash: Buffer, raw: unknown): Promise<Outcome<true>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  const { agree, seen } = agreeInput.parse(raw);
  const owed = await owedTerms(ctx, tokenHash);
  if (!owed.ok) return owed;
  const versions = owed.value;
  if (versions.length === 0) return accepted(true);
  if (!agree) return refuseFields({ agree: [messages.agree(`「${boxOf(ctx)}」`)] });
  if (seen !== seenVersions(versions)) return refuse('conflict', { message: consentMessages.newer });
  const note = { action: 'identity.agreeToTerms', target: accountId, detail: { versions: seenVersions(versions) } };
  await signInAct(ctx, { actor: ctx.actor, note }, (tx) => insertAgreed(tx, { accountId, at: ctx.now, versions }));
  return accepted(true);
}

/** 今は同意しない of A-17: this login may read and ask, until the day that the versions name. */
export async function putOffTerms(ctx: Context, tokenHash: Buffer): Promise<Outcome<true>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  const note = { action: 'identity.putOffTerms', target: accountId };
  await signInAct(ctx, { actor: ctx.actor, note }, (tx) => putOffConsent(tx, tokenHash));
  return accepted(true);
}

/** The label of the box: doctors agree to what A-03 names, staff to the office terms. */
export function boxOf(ctx: Context): string {
  return ctx.actor.kind === 'doctor' ? consentMessages.doctorBox : consentMessages.officeBox;
}

/** Notes the consent of a newcomer at an office inside the command of A-13. */
export async function agreeAsNewcomer(tx: WriteTransaction, accountId: string, about: { on: Day; at: Date }): Promise<void> {
  await insertOfficeConsent(tx, accountId, about);
}
