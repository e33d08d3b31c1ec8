import type { ReactNode } from 'react';
import { Form, type RouterContextProvider } from 'react-router';
import type { ProfileBlock } from '#features/person/fields.ts';
import { mend, ProfileBlocks } from '#features/person/pages/profile-blocks.tsx';
import type { Browser, LoggedIn } from '#features/identity/commands/open-session.ts';
import type { Outcome, Refusal } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { parseForm } from '#platform/http/form.ts';
import { stateOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { forgetEntry } from './kept.ts';

/** The last page of registration and of a first login: 登録する, and the doctor is logged in. */

type Finishing = {
  provider: Readonly<RouterContextProvider>;
  request: Request;
  finish: (ctx: Context, browser: Browser) => Promise<Outcome<LoggedIn>>;
  /** Where it goes on. */
  answer: () => Response;
};

/** Runs the command behind 登録する and opens the session. */
export async function finishEntry({ provider, request, finish, answer }: Finishing) {
  const form = await parseForm(request);
  const { context: ctx, token, userAgent, cookies } = stateOf(provider);
  const outcome = await finish(ctx, { token, userAgent, knowsDevice: cookies.knowsDevice });
  if (!outcome.ok) return refusalData(outcome, form.values);
  forgetEntry(provider);
  cookies.startSession(outcome.value.token);
  cookies.rememberDevice(outcome.value.actor.accountId);
  return answer();
}

type Props = {
  title: string;
  steps: ReactNode;
  /** What to do here, a sentence or two. */
  lead: string;
  blocks: readonly ProfileBlock[];
  editTo: string;
  refusal: Refusal | undefined;
};

/** Every entry in its block, each with the way back, and the button. */
export function LastLook({ title, steps, lead, blocks, editTo, refusal }: Props) {
  return (
    <>
      <h1>{title}</h1>
      {steps}
      <ErrorSummary refusal={refusal} />
      <p>{lead}</p>
      <ProfileBlocks blocks={blocks} foot={mend(editTo)} />
      <Form method="post">
        <Actions>
          <Button variant="primary" size="large">
            登録する
          </Button>
          <LinkButton to={editTo}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
