import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { conditionNames } from '../../condition.ts';
import type { NoticeForm } from '../../queries/office-notice.ts';
import { NoticeFields } from './notice-fields.tsx';

type Props = {
  form: NoticeForm;
  idempotencyKey: string;
  refused: { refusal: Refusal; values: FormValues } | undefined;
  cancelTo: string;
};

/** The form of O-16, new or again. */
export function NoticeEntry({ form, idempotencyKey, refused, cancelTo }: Props) {
  const values = refused?.values ?? form.values;
  const wrong = Object.keys(refused?.refusal.fields ?? {}).some((name) => conditionNames.includes(name));
  return (
    <>
      <ErrorSummary refusal={refused?.refusal} />
      <Form method="post" encType="multipart/form-data">
        <DefaultSubmit value="save" />
        <FormGuard idempotencyKey={idempotencyKey} version={form.version} />
        <FormState errors={refused?.refusal.fields} values={values}>
          <NoticeFields form={form} condition={wrong || values?.['target'] === 'condition'} />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="register">
            登録する
          </Button>
          <Button name="intent" value="preview">
            プレビュー
          </Button>
          <Button name="intent" value="save">
            一時保存する
          </Button>
          <LinkButton to={cancelTo}>戻る</LinkButton>
        </Actions>
        <p className="mt-4">「登録する」を押すと確認画面に進みます。まだ掲載されません。</p>
      </Form>
    </>
  );
}
