import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/originals.ts';
import { markOriginals } from '../../commands/originals.ts';
import { casePapers } from '../../queries/case-papers.ts';
import { officeSummary } from '../../queries/office-decision.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';
import { OriginalsFields } from './originals-fields.tsx';

export const handle = definePage({
  id: 'O-05',
  title: '原本の確認',
  crumb: '原本の確認',
  who: ['office'],
  audit: 'application.markOriginals',
});

export const meta = () => [{ title: '原本の確認 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const summary = orThrow(await ask(officeSummary, ctx, { id: params.id }));
  const found = summary.may.includes('markOriginals') ? orThrow(await ask(casePapers, ctx, { id: params.id })).papers : [];
  return { summary, papers: found, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { version, kinds } = form.input;
  const outcome = await run(markOriginals, contextOf(context), { id: params.id, version, kinds }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `${caseTo(params.id, new URL(request.url).search)}#papers`, '保存しました。');
}

/** Comes into sight when the ticks could not be kept from the detail page. */
export default function Originals({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, papers, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="原本の確認" action="markOriginals" refusal={actionData?.refusal} values={actionData?.values}>
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <OriginalsFields papers={papers} />
        </FormState>
        <Actions>
          <Button variant="primary">保存する</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
