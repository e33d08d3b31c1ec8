import { Form, redirect } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { homeOf } from '#features/identity/rules.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new-mail.ts';
import { confirmMail } from '../commands/confirm-mail.ts';
import { texts } from '../messages.ts';
import { mailLink } from '../queries/links.ts';

export const handle = definePage({
  id: 'D-05-new-mail',
  title: '変更後のメールアドレスの確認',
  who: everybody,
  audit: 'entrance.confirmNewMail',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: '変更後のメールアドレスの確認 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const { state, mail, hours } = orThrow(await mailLink(contextOf(context), params.token));
  return { state, mail, hours };
}

export async function action({ context, params }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { accountId } = orThrow(await mailLink(ctx, params.token));
  const outcome = await confirmMail(ctx, { token: params.token, accountId });
  // Straight to the page that shows the sentence: one that leads on would lose it.
  if (outcome.ok) {
    const { appliesAt } = outcome.value;
    return redirectWithFlash(
      context,
      homeOf(ctx.actor),
      appliesAt === undefined ? texts.mailChanged : texts.mailWaits(formatInstant(appliesAt)),
    );
  }
  if (outcome.refusal.code !== 'notFound') return refusalData(outcome, {});
  // The page says what has become of the link.
  return redirect(`/new-mail/${encodeURIComponent(params.token)}`, 303);
}

/** The link of M-09: a press, so that mail scanners do not use it up. */
export default function NewMail({ loaderData }: Route.ComponentProps) {
  const { state, mail, hours } = loaderData;
  return (
    <>
      <h1>変更後のメールアドレスの確認</h1>
      {state === 'open' ? (
        <Form method="post">
          <p>{`メールアドレスを ${mail} に変更します。`}</p>
          <Actions>
            <Button variant="primary">変更する</Button>
          </Actions>
        </Form>
      ) : (
        <>
          <Notice tone="warn" title={state === 'used' ? texts.used : texts.resetExpired(hours)} />
          <Actions>
            <LinkButton to="/">TOPに戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
