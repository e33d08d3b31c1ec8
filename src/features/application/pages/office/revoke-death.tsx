import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDay } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/revoke-death.ts';
import { revokeDeath } from '../../commands/revoke-death.ts';
import { proxyNames, proxyTexts } from '../../proxy-messages.ts';
import { deathRevocation } from '../../queries/death-revocation.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({
  id: 'O-11',
  title: proxyTexts.deathRevoked,
  crumb: proxyTexts.deathRevoked,
  who: ['office'],
  audit: 'application.revokeDeath',
});

export const meta = () => [{ title: `${proxyTexts.deathRevoked} | MAMIS` }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(deathRevocation, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(revokeDeath, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const said = '死亡の登録を取り消しました。会員資格、ログインとお知らせを元に戻しました。';
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), said);
}

/** 死亡登録の取消 (`screens.md O-11`). */
export default function RevokeDeath({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, revocation, key } = loaderData;
  const { search } = useLocation();
  const standing = { possible: revocation !== undefined && revocation.why === undefined, why: revocation?.why };
  return (
    <DecisionFrame
      summary={summary}
      word={proxyTexts.deathRevoked}
      action={standing}
      refusal={actionData?.refusal}
      values={actionData?.values}
    >
      <Notice tone="warn" title={`${summary.name} 様の死亡の登録を取り消します。`}>
        <ul className="list-disc pl-6">
          <li>ログインとお知らせが再開します。</li>
          <li>この登録による退会はすべての所属について取り消され、会員資格は継続します。登録と取消は、履歴に残ります。</li>
          <li>死亡の登録により終了した届は、終了前の状態に戻ります。</li>
        </ul>
      </Notice>
      {revocation === undefined ? null : <p>{`取消ができるのは、${formatDay(revocation.until)}までです。`}</p>}
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextArea
            name="note"
            label={proxyNames.revokeGround}
            required
            limit={200}
            rows={2}
            hint="どのように確かめたかを記入してください(例:ご本人が来局し、同姓の別の方の訃報と判明)。"
          />
        </FormState>
        <Actions>
          <Button variant="danger">死亡の登録を取り消す</Button>
          <LinkButton to={caseTo(summary.id, search)}>取り消さずに戻る</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
