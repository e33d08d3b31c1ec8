import { redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/passkeys.ts';
import { beginPasskey } from '../commands/passkeys.ts';
import { homeOf } from '../rules.ts';
import { answerChallenge } from './passkey-challenge.ts';

export const handle = definePage({
  id: 'D-05-passkey',
  title: 'パスキーの追加',
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'a question to a device; its answer is recorded, and so is a wrong password' },
  limits: { bodyBytes: 8 * 1024, perMinute: 60 },
});

/** An address for script alone, never visited. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(homeOf(contextOf(context).actor));
}

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 1000) : '');

/** Name and password of パスキーを追加する are checked here, before the device makes a passkey that nobody would know. */
export async function action({ context, request }: Route.ActionArgs) {
  const { context: ctx, userAgent } = stateOf(context);
  const { input } = await parseForm(request);
  const asked = { passkeyName: text(input['passkeyName']), currentPassword: text(input['passwordForPasskey']), userAgent };
  return answerChallenge(context, await beginPasskey(ctx, asked));
}
