import { Form, redirect } from 'react-router';
import { homeOf } from '#features/identity/rules.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/old-mail.ts';
import { answerMailChange } from '../commands/confirm-mail.ts';
import { texts } from '../messages.ts';
import { oldMailLink } from '../queries/links.ts';

export const handle = definePage({
  id: 'D-05-old-mail',
  title: 'メールアドレスの変更の確認',
  who: everybody,
  audit: 'entrance.answerMailChange',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: 'メールアドレスの変更の確認 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return orThrow(await oldMailLink(contextOf(context), params.token));
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { intent } = await parseForm(request);
  if (intent !== 'agree' && intent !== 'cancel') return redirect(`/old-mail/${encodeURIComponent(params.token)}`, 303);
  const outcome = await answerMailChange(ctx, { token: params.token, agreed: intent === 'agree' });
  if (outcome.ok) return redirectWithFlash(context, homeOf(ctx.actor), intent === 'agree' ? texts.mailChanged : texts.mailKept);
  if (outcome.refusal.code !== 'notFound') return refusalData(outcome, {});
  // The page says what has become of the link.
  return redirect(`/old-mail/${encodeURIComponent(params.token)}`, 303);
}

/** The link of M-05 to the former address: it agrees, or takes the change back. A press, so that mail scanners do neither. */
export default function OldMail({ loaderData }: Route.ComponentProps) {
  const { state, mail, appliesAt } = loaderData;
  return (
    <>
      <h1>メールアドレスの変更の確認</h1>
      {state === 'open' ? (
        <Form method="post">
          <p>{`メールアドレスを ${mail} に変更するお申し出がありました。`}</p>
          <p>{`「変更に同意する」を押すと、すぐに変更されます。押さない場合は、${appliesAt}に変更されます。`}</p>
          <p>心当たりがない場合は、「変更を取り消す」を押してください。</p>
          <Actions>
            <Button variant="primary" name="intent" value="agree">
              変更に同意する
            </Button>
            <Button variant="danger" name="intent" value="cancel">
              変更を取り消す
            </Button>
          </Actions>
        </Form>
      ) : (
        <>
          <Notice tone="warn" title={state === 'used' ? texts.used : texts.nothingWaits} />
          <Actions>
            <LinkButton to="/">TOPに戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
