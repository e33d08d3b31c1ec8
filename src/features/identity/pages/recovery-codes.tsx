import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { Notice } from '#ui/parts/Notice.tsx';

/** The ten codes, shown once. */
export function RecoveryCodes({ codes, onTo, title }: { codes: readonly string[]; onTo: string; title: string }) {
  return (
    <>
      <h1>リカバリーコード</h1>
      <Notice tone="success" title={title}>
        <p>次の10個のコードを控えて、安全な場所に保管してください。認証アプリが使えないときに、1つにつき1回使えます。</p>
        <p>このコードは、この画面でしか表示されません。</p>
      </Notice>
      <ul className="grid grid-cols-2 gap-2" aria-label="リカバリーコード">
        {codes.map((code) => (
          <li key={code}>{`${code.slice(0, 4)}-${code.slice(4)}`}</li>
        ))}
      </ul>
      <p className="mt-6">書き写すか印刷してください。前に控えたコードは使えません。</p>
      <Actions>
        <PrintButton>印刷する</PrintButton>
        <LinkButton to={onTo} variant="primary" reloadDocument>
          控えを保管しました
        </LinkButton>
      </Actions>
    </>
  );
}
