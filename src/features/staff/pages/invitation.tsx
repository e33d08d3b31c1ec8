import { data, Form } from 'react-router';
import { statusOf } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { LoginFields } from '#ui/fields/LoginFields.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/invitation.ts';
import { declineUsing, startUsing } from '../commands/answer-invitation.ts';
import { roleLabel } from '../labels.ts';
import { staffMessages } from '../messages.ts';
import type { InvitationView } from '../queries/invitation.ts';
import { invitationOf } from '../queries/invitation.ts';

export const handle = definePage({
  id: 'A-13',
  title: '事務局ユーザーの利用開始',
  who: everybody,
  audit: 'staff.acceptInvitation',
  limits: { bodyBytes: 16 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: '事務局ユーザーの利用開始 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const found = await invitationOf(contextOf(context), params.token);
  if (found.ok) return data({ invitation: found.value });
  if (found.refusal.code !== 'notFound') orThrow(found);
  return data({ invitation: undefined }, { status: statusOf(found.refusal) });
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'decline') {
    const outcome = await declineUsing(ctx, params.token);
    if (!outcome.ok) return refusalData(outcome, form.values);
    return redirectWithFlash(context, '/login', '招待を取り消しました。招待した管理者にお知らせします。');
  }
  const outcome = await startUsing(ctx, params.token, form.input);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, '/login', '利用開始の登録が完了しました。設定したログインIDとパスワードでログインしてください。');
}

const duties = [
  'ログインIDとパスワードは本人だけが使い、ほかの人と共有しません。',
  '会員などの情報は、所属する医師会の業務に必要な範囲でだけ閲覧・変更・出力します。',
  '閲覧・変更・出力が、操作履歴として記録されることを承知しています。',
  '担当を離れるときは、速やかに所属医師会の管理者に連絡します。',
];

function Facts({ invitation }: { invitation: InvitationView }) {
  return (
    <DefinitionTable
      items={[
        { label: '医師会', value: invitation.office },
        { label: '氏名', value: `${invitation.surname} ${invitation.givenName}` },
        { label: '権限', value: roleLabel(invitation.role) },
        { label: '有効期間', value: formatDayPlain(invitation.validUntil) },
        { label: '招待した管理者', value: invitation.inviter },
        { label: 'この招待の期限', value: formatDayPlain(invitation.usableUntil) },
      ]}
    />
  );
}

function Unusable() {
  return (
    <>
      <h1>事務局ユーザーの利用開始</h1>
      <Notice tone="warn" title={staffMessages.unusable} />
      <Actions>
        <LinkButton to="/login">ログインページに戻る</LinkButton>
      </Actions>
    </>
  );
}

/** an invited person chooses login ID and password himself. */
export default function Invitation({ loaderData: { invitation }, actionData }: Route.ComponentProps) {
  if (invitation === undefined) return <Unusable />;
  return (
    <>
      <h1>事務局ユーザーの利用開始</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Facts invitation={invitation} />
      <Form method="post">
        <DefaultSubmit value="accept" />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <LoginFields />
          <Section title="事務局での利用条件">
            <ul className="mb-4 list-disc pl-6">
              {duties.map((duty) => (
                <li key={duty}>{duty}</li>
              ))}
            </ul>
            <p>
              <a href="/terms/office" target="_blank" rel="noreferrer">
                事務局規約(新しいタブで開きます)
              </a>
            </p>
            <Checkbox name="agreed" label="事務局での利用条件に同意する" required />
          </Section>
        </FormState>
        <Actions>
          <Button variant="primary" size="large" name="intent" value="accept">
            利用を開始する
          </Button>
        </Actions>
      </Form>
      <Section title="この招待に心当たりがない場合">
        <Form method="post">
          <p>次のボタンを押すと招待が取り消され、招待した管理者に知らされます。</p>
          <Button variant="secondary" name="intent" value="decline">
            心当たりがない
          </Button>
        </Form>
      </Section>
    </>
  );
}
