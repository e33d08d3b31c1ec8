import { Form, Link, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/join-review.ts';
import { resubmitJoin } from '../../commands/resubmit-join.ts';
import { submitJoin } from '../../commands/submit-join.ts';
import type { JoinReview } from '../../queries/join-review.ts';
import { joinReview } from '../../queries/join-review.ts';
import { ChoiceTable, ContentTable, PaperTable } from './content.tsx';
import { FeeNote, fieldTo, JoinHead } from './join-parts.tsx';
import { PrintButton } from './print-button.tsx';
import { revalidateAfterAction } from './revalidate.ts';

export const handle = definePage({ id: 'D-08', title: '入会届 確認・申請', crumb: '入会届', who: ['doctor'], audit: 'application.submit' });

export const meta = () => [{ title: '入会届 3 確認・申請 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const view = orThrow(await ask(joinReview, contextOf(context), { id: params.id }));
  // Going back after sending shows what has become of it, not a form that can be sent again.
  if (!view.editable) throw redirect(`/my/applications/${view.id}`);
  if (view.lacksCategory) throw redirect(`/my/applications/${view.id}/associations`);
  return { view, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  if (form.intent === 'resubmit') {
    const outcome = await run(resubmitJoin, ctx, input, form.key);
    if (!outcome.ok) return refusalData(outcome, form.values);
    return redirectWithFlash(context, `/my/applications/${params.id}`, '再申請しました。');
  }
  const outcome = await run(submitJoin, ctx, input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirect(`/my/applications/${params.id}/submitted`, 303);
}

/** What is wrong stands on the pages before: the links lead there. */
function Wrong({ id, refusal }: { id: string; refusal: Refusal | undefined }) {
  if (refusal?.fields === undefined) return <ErrorSummary refusal={refusal} />;
  const lines = Object.entries(refusal.fields).flatMap(([code, messages]) => messages.map((message) => ({ code, message })));
  return (
    <Notice tone="error" title={refusal.message}>
      <ul className="list-disc pl-6">
        {lines.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <Link to={fieldTo(id, { code, page: /^(categories\.|lowestAssociationId)/.test(code) ? 'associations' : 'details' })}>
              {message}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** 今後の流れ: who will decide, in order. */
function Way({ view }: { view: JoinReview }) {
  return (
    <Section title="今後の流れ">
      <ol className="list-decimal pl-6">
        {view.way.map((name) => (
          <li key={name}>{`${name}が審査し、承認します。`}</li>
        ))}
        <li>すべての医師会の承認で、お手続きが完了します。</li>
      </ol>
    </Section>
  );
}

function Send({ view, guardKey }: { view: JoinReview; guardKey: string }) {
  return (
    <Form method="post">
      <FormGuard idempotencyKey={guardKey} version={view.version} />
      <Actions>
        <Button variant="primary" name="intent" value={view.returned ? 'resubmit' : 'submit'}>
          {view.returned ? '再申請する' : '入会を申請する'}
        </Button>
        <LinkButton to={`/my/applications/${view.id}/details`}>戻る</LinkButton>
        <PrintButton>印刷する</PrintButton>
      </Actions>
    </Form>
  );
}

export default function JoinReviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  return (
    <>
      <JoinHead current={3} returned={view.returned} />
      <Wrong id={view.id} refusal={actionData?.refusal} />
      <p>入力内容をご確認ください。</p>
      <Section title="入会申請先">
        <ChoiceTable head="入会申請先" choices={view.choices} />
      </Section>
      <ContentTable lines={view.lines} />
      <FeeNote wishedOn={view.wishedOn} fee={view.fee} />
      <Section title="提出書類">
        <PaperTable id={view.id} papers={view.papers} />
      </Section>
      <Section title="送付先">
        <p>文書送付先の初期値は「所属施設」です。</p>
      </Section>
      <Way view={view} />
      <Send view={view} guardKey={key} />
    </>
  );
}
