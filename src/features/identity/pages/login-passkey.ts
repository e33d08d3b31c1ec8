import { redirect } from 'react-router';
import { refuse } from '#kernel/refusal.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/login-passkey.ts';
import { readHalfway } from '../commands/halfway.ts';
import { askForLogin, askForSecond } from '../commands/passkey-sign-in.ts';
import { signInMessages } from '../messages.ts';
import { homeOf } from '../rules.ts';
import { answerChallenge } from './passkey-challenge.ts';

export const handle = definePage({
  id: 'A-01-passkey',
  title: 'パスキーの確認',
  who: everybody,
  audit: { none: 'a question to a device; its answer is recorded' },
  limits: { bodyBytes: 4 * 1024, perMinute: 120 },
});

/** An address for script alone, never visited. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(homeOf(contextOf(context).actor));
}

/** What to ask the device: at A-01 any passkey, at A-02 (`step=second`) one of the account whose password was right. */
export async function action({ context, request }: Route.ActionArgs) {
  const { cookies, context: ctx } = stateOf(context);
  const { input } = await parseForm(request);
  if (input['step'] !== 'second') return answerChallenge(context, await askForLogin(ctx));
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  if (halfway?.next !== 'code') return answerChallenge(context, refuse('conflict', { message: signInMessages.tooLate }));
  return answerChallenge(context, await askForSecond(ctx, halfway.accountId));
}
