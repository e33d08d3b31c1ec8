import type { Context } from '#platform/context.ts';
import { challengeMs, newChallenge } from '#platform/second-factor/passkey.ts';
import { hashToken } from '#platform/session/token.ts';
import { putChallenge, takeChallenge, type Wanted } from '../passkey.store.server.ts';

/** Challenges for passkeys: made here, kept as a hash, answered once within five minutes and only for what they were made for. */

/** A new challenge; who asks for it keeps it in a signed cookie until the answer. */
export async function challengeFor(ctx: Context, wanted: Wanted): Promise<string> {
  const challenge = newChallenge();
  const until = new Date(ctx.now.getTime() + challengeMs);
  await putChallenge(ctx.database.system, wanted, { hash: hashToken(challenge), now: ctx.now, until });
  return challenge;
}

/** True once for a challenge of ours in time; it is used up whatever the answer proves. */
export async function isAnswerTo(ctx: Context, wanted: Wanted, challenge: string): Promise<boolean> {
  return await takeChallenge(ctx.database.system, wanted, { hash: hashToken(challenge), now: ctx.now });
}
