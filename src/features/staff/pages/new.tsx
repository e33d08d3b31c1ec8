import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { invite } from '../commands/invite.ts';
import { newStaff } from '../queries/staff-list.ts';
import { NameFields, RoleField, ValidUntilField } from './member-fields.tsx';

export const handle = definePage({
  id: 'O-17',
  title: '事務局ユーザーの新規登録',
  crumb: '新規登録',
  who: ['office'],
  roles: ['admin'],
  audit: 'staff.invite',
});

export const meta = () => [{ title: '事務局ユーザーの新規登録 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  return { form: orThrow(await ask(newStaff, ctx, {})), today: ctx.today, key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(invite, contextOf(context), form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, '/office/staff-members', '招待メールを送信しました。');
}

function MailFields() {
  return (
    <>
      <TextField
        name="mail"
        label="メールアドレス"
        required
        hint="半角英数字・記号100文字以内。個人ごとのアドレスをお勧めします"
        inputMode="email"
        autoComplete="off"
      />
      <TextField
        name="mailRepeat"
        label="メールアドレス(確認)"
        required
        hint="確認のため再度ご入力ください"
        inputMode="email"
        autoComplete="off"
      />
    </>
  );
}

/** 新規登録 (O-17): the person sets login ID and password himself. */
export default function NewStaffMember({ loaderData, actionData }: Route.ComponentProps) {
  const { form, today, key } = loaderData;
  return (
    <>
      <h1>事務局ユーザーの新規登録</h1>
      <Notice title="登録すると、招待メールが送信されます。">
        {`ログインIDとパスワードは、招待を受けた本人がメールのURLから${form.days}日以内に設定します。`}
      </Notice>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <NameFields />
          <MailFields />
          <RoleField />
          <ValidUntilField day={formatDayPlain(form.validUntil)} latest={formatDayPlain(form.validUntil)} today={today} />
        </FormState>
        <Actions>
          <Button variant="primary">登録する</Button>
          <LinkButton to="/office/staff-members">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
