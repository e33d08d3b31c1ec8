import type { RouterContextProvider } from 'react-router';
import type { Outcome } from '#kernel/refusal.ts';
import { statusOf } from '#kernel/refusal.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { stateOf } from '#platform/http/request-context.ts';
import { waitOf } from '#platform/http/respond.ts';
import type { Asking, PasskeyAnswer } from '../commands/passkeys.ts';

/** What a browser may keep of its challenge: as long as the challenge itself lives. */
const keptSeconds = 300;

/** For script alone: what to ask the device, or the refusal; the challenge stays with this browser until the answer. */
export function answerChallenge(provider: Readonly<RouterContextProvider>, outcome: Outcome<Asking<unknown>>): Response {
  if (!outcome.ok) {
    const { refusal } = outcome;
    const { message, fields } = refusal;
    return Response.json({ refusal: { message, fields } }, { status: statusOf(refusal), headers: waitOf(refusal) });
  }
  stateOf(provider).cookies.keep('mamis-passkey', outcome.value.challenge, keptSeconds);
  return Response.json({ options: outcome.value.options });
}

/** The device's answer in a form, with the challenge that this browser has kept: both are good once. */
export function passkeyAnswer(provider: Readonly<RouterContextProvider>, form: ParsedForm): PasskeyAnswer {
  const { cookies } = stateOf(provider);
  const challenge = cookies.kept('mamis-passkey');
  if (challenge !== undefined) cookies.forget('mamis-passkey');
  const answer = form.input['passkey'];
  return { challenge, answer: typeof answer === 'string' ? answer : '' };
}
