import type { Actor } from './actor.ts';
import type { Refused } from './refusal.ts';
import { refuse } from './refusal.ts';
import { formatInstant } from './wareki.ts';

/** The sentence of A-02 while decisions and exports wait; undefined when they may be done. */
function holdNotice(actor: Actor, now: Date): string | undefined {
  const until = actor.kind === 'office' ? actor.heldUntil : undefined;
  return until === undefined || until <= now ? undefined : `2段階認証を再設定したため、${formatInstant(until)}まで承認・出力はできません。`;
}

/** Refuses a decision or an export of whoever has lost his second factor a short while ago (`screens.md A-02`). */
export function holdRefusal(actor: Actor, now: Date): Refused | undefined {
  const message = holdNotice(actor, now);
  return message === undefined ? undefined : refuse('conflict', { message });
}
