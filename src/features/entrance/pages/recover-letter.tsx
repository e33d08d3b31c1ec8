import { Form, redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/recover-letter.ts';
import { tryLetterCode } from '../commands/open-letter.ts';

export const handle = definePage({
  id: 'A-11-letter',
  title: '書状のコードを持っている',
  who: everybody,
  audit: 'entrance.openLetter',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
  crumb: '書状のコードを持っている',
});

export const meta = () => [{ title: '書状のコードを持っている | MAMIS' }];

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await tryLetterCode(contextOf(context), form.input);
  return outcome.ok ? redirect(`/reset/${outcome.value.token}`, 303) : refusalData(outcome, form.values);
}

/** with the code of letter L-02. */
export default function RecoverLetter({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>書状のコードを持っている</h1>
      <p className="mb-4">運営事務局からお送りした「ログインの再設定のお知らせ」をご用意ください。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField name="licenceNumber" label="医籍登録番号" required width="short" hint="第○号の数字の部分" inputMode="numeric" />
          <DateField name="birthOn" label="生年月日" required plain hint="例:1980/04/01、昭和55年4月1日" />
          <TextField
            name="letterCode"
            label="書状のコード"
            required
            hint="書状に書かれている16文字(例:ABCD-2345-EFGH-6789)。大文字と小文字、ハイフンの有無は問いません"
            autoComplete="off"
            spellCheck={false}
          />
        </FormState>
        <Actions>
          <Button variant="primary">送信する</Button>
          <LinkButton to="/recover">戻る</LinkButton>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
