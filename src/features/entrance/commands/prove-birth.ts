import { forgetAccountTries, takeAccountTry } from '#features/identity/commands/initial-login.ts';
import { signInMessages } from '#features/identity/messages.ts';
import { profileOfAccount } from '#features/person/queries/profile.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { texts } from '../messages.ts';
import { isFirstLogin } from '../queries/first-login.ts';
import { birthInput } from '../schema.ts';

/** Compares the day of birth and puts on record what came of it. */
const compare = command({
  name: 'entrance.proveBirth',
  input: birthInput.extend({ accountId: z.string() }),
  secret: true,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { accountId }, ctx) => await profileOfAccount(tx, accountId, ctx.today),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, person, { birthOn }) => accepted(person.birthOn === birthOn && !person.dead),
  save: async (_tx, { target, decision: right }) =>
    await Promise.resolve({
      value: right,
      audit: { action: 'entrance.proveBirth', target: target.personId, personIds: [target.personId], detail: { right } },
      events: [],
    }),
});

/**
 * A-10 step 1: the letter alone proves nobody. Wrong answers wait by the same count as passwords; the account must still have its
 * initial login.
 */
export async function proveBirth(ctx: Context, accountId: string, raw: unknown): Promise<Outcome<true>> {
  const parsed = birthInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  if (!(await isFirstLogin(ctx, accountId))) return refuse('notFound');
  const wait = await takeAccountTry(ctx, accountId);
  if (wait > 0) {
    const link = { to: '/recover', label: signInMessages.toRecovery };
    return refuse('tooMany', { message: signInMessages.comeLater(wait), retryAfterSeconds: wait, link });
  }
  const outcome = await run(compare, asEntrance(ctx), { birthOn: parsed.data.birthOn, accountId });
  if (!outcome.ok) return outcome;
  if (!outcome.value) return refuseFields({ birthOn: [texts.wrongBirth] });
  await forgetAccountTries(ctx, accountId);
  return accepted(true);
}
