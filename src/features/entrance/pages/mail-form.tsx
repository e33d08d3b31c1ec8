import { Form } from 'react-router';
import type { RefusedForm } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';

/** The address twice, also at the first login of a migrated doctor. */
export function MailForm({ refused }: { refused: RefusedForm | undefined }) {
  return (
    <>
      <ErrorSummary refusal={refused?.refusal} />
      <Form method="post">
        <FormState errors={refused?.refusal.fields} values={refused?.values}>
          <TextField
            name="mail"
            label="メールアドレス"
            required
            width="wide"
            hint="半角英数字・記号100文字以内。例:example@mail.com"
            inputMode="email"
            autoComplete="email"
            spellCheck={false}
          />
          <TextField
            name="mailRepeat"
            label="メールアドレス(確認)"
            required
            width="wide"
            hint="確認のため再度ご入力ください"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
          />
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            確認メールを送信する
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
