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
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/revoke.ts';
import { revoke, revokeLeave } from '../../commands/revoke.ts';
import { ending } from '../../queries/office-ending.ts';
import type { CaseSummary } from '../../queries/office-summary.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { EndingPanel } from './ending-panel.tsx';
import { caseTo } from './list-links.ts';

/** 承認取消, and 退会取消 for a withdrawal: one address, the kind of the case decides which. */

const wordOf = (kind: CaseSummary['kind']): string => (kind === 'withdrawal' ? '退会取消' : '承認取消');

/** The word of the case that the loader found. */
function wordIn(loaded: unknown): string {
  return typeof loaded === 'object' && loaded !== null && 'word' in loaded && typeof loaded.word === 'string' ? loaded.word : '承認取消';
}

export const handle = definePage({ id: 'O-06', title: '承認取消', crumb: wordIn, who: ['office'], audit: 'application.revoke' });

export const meta = ({ loaderData }: Route.MetaArgs) => [{ title: `${wordIn(loaderData)} | MAMIS` }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  const found = orThrow(await ask(ending, contextOf(context), { id: params.id, use: 'withdrawal_cancel' }));
  return { ...found, word: wordOf(found.summary.kind), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const leave = form.values['what'] === 'leave';
  const outcome = await run(leave ? revokeLeave : revoke, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const said = leave ? '退会を取り消しました。会員資格は継続します。' : '承認を取り消しました。';
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), said);
}

function LeaveFields({ summary, reasons }: { summary: CaseSummary; reasons: { value: string; label: string }[] }) {
  const uppers = summary.steps.filter((step) => step.role === 'acknowledge' && step.leg === 'leave').map((step) => step.associationName);
  return (
    <>
      {uppers.length === 0 ? null : <Notice tone="warn" title={`次の医師会の退会も取り消されます:${uppers.join('、')}`} />}
      <input type="hidden" name="what" value="leave" />
      <SelectField name="reason" label="退会取消理由" required options={reasons} />
      <TextArea
        name="note"
        label="根拠"
        required
        limit={200}
        rows={2}
        hint="どのように確かめたかを記入してください(例:本人から電話で確認、4月1日)。"
      />
    </>
  );
}

export default function Revoke({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, reasons, whatIf, word, key } = loaderData;
  const { search } = useLocation();
  const leave = summary.kind === 'withdrawal';
  return (
    <DecisionFrame
      summary={summary}
      word={word}
      action={leave ? 'revokeLeave' : 'revoke'}
      refusal={actionData?.refusal}
      values={actionData?.values}
    >
      <EndingPanel whatIf={whatIf} word={word} />
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {leave ? (
            <LeaveFields summary={summary} reasons={reasons} />
          ) : (
            <TextArea
              name="reason"
              label="承認取消の理由"
              required
              limit={200}
              rows={2}
              hint="申請者と、この申請に関わるすべての医師会に表示されます。"
            />
          )}
        </FormState>
        <Actions>
          <Button variant="danger">{leave ? '退会を取り消す' : '承認を取り消す'}</Button>
          <LinkButton to={caseTo(summary.id, search)}>取り消さずに戻る</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
