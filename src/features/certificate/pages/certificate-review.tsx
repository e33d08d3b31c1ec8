import { Form } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Preview } from '../queries/preview.ts';
import { HiddenEntries } from './certificate-fields.tsx';
import { PaperSheet } from './paper-rows.tsx';

/** What the form page shows after a press: the paper, or the entries again. */
export type Looked = { preview: Preview | undefined; values: FormValues };

type Props = { preview: Preview; values: FormValues; guardKey: string };

/** The page as it will print, before it is issued (`screens.md D-13, O-29`). */
export function CertificateReview({ preview, values, guardKey }: Props) {
  const { sheet, confirmedBy } = preview;
  return (
    <>
      <h1>在籍証明書の発行 内容の確認</h1>
      <p>次の内容で発行します。証明書番号、確認コードと確認用のQRコードは、発行のときに付きます。</p>
      {confirmedBy === undefined ? null : <Notice title={`${confirmedBy}の事務局が確認したあとに発行されます。`} />}
      <Section title="在籍証明書">
        <PaperSheet sheet={sheet} />
      </Section>
      <Form method="post">
        <FormGuard idempotencyKey={guardKey} />
        <HiddenEntries values={values} />
        <Actions>
          <Button variant="primary" name="intent" value="issue">
            {confirmedBy === undefined ? '発行する' : '申請する'}
          </Button>
          <Button name="intent" value="edit">
            戻る
          </Button>
        </Actions>
      </Form>
    </>
  );
}
