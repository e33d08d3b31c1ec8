import { Form } from 'react-router';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { signInMessages } from '../messages.ts';
import type { ShownCodes } from './kept-codes.ts';

/** The ten codes, shown once. The whole page is loaded anew: its visitor may just have come in. */
export function RecoveryCodes({ codes, refusal, title, renewed = false }: ShownCodes & { title: string; renewed?: boolean }) {
  return (
    <>
      <h1>リカバリーコード</h1>
      <ErrorSummary refusal={refusal} />
      <Notice tone="success" title={title}>
        <p>次の10個のコードを控えて、安全な場所に保管してください。認証アプリが使えないときに、1つにつき1回使えます。</p>
        <p>このコードは、この画面でしか表示されません。</p>
      </Notice>
      <ul className="grid grid-cols-2 gap-2" aria-label="リカバリーコード">
        {codes.map((code) => (
          <li key={code}>{`${code.slice(0, 4)}-${code.slice(4)}`}</li>
        ))}
      </ul>
      <p className="my-6">{`書き写すか印刷してください。${renewed ? '前に控えたコードは使えません。' : ''}`}</p>
      <Form method="post" reloadDocument>
        {codes.map((code) => (
          <input key={code} type="hidden" name="codes" value={code} />
        ))}
        <FormState errors={refusal?.fields}>
          <Checkbox name="kept" label={signInMessages.codesKept} required />
        </FormState>
        <Actions>
          <PrintButton>印刷する</PrintButton>
          <Button variant="primary" name="intent" value="codesKept">
            次へ
          </Button>
        </Actions>
      </Form>
    </>
  );
}
