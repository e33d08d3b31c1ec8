import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';

/** The box of A-03, also at the first login of a migrated doctor. */
export function ConsentForm({ refusal }: { refusal: Refusal | undefined }) {
  return (
    <>
      <p>次の2つをお読みいただき、同意される場合は、チェックを入れて「次へ」を押してください。</p>
      <ul className="ui-links mb-6">
        <li>
          <a href="/terms" target="_blank" rel="noreferrer">
            利用規約(新しいタブで開きます)
          </a>
        </li>
        <li>
          <a href="/privacy" target="_blank" rel="noreferrer">
            個人情報の取り扱いについて(新しいタブで開きます)
          </a>
        </li>
      </ul>
      <ErrorSummary refusal={refusal} />
      <Form method="post">
        <FormState errors={refusal?.fields}>
          <Checkbox name="agree" label="利用規約・個人情報の取り扱いに同意する" required />
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            次へ
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
