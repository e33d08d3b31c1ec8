import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { CertificateView } from '../queries/certificate.ts';
import { PaperSheet } from './paper-rows.tsx';

function items(view: CertificateView): Definition[] {
  const { ground, checks, revoked } = view;
  return [
    { label: '状態', value: <StateLabel tone={view.tone}>{view.state}</StateLabel> },
    { label: '発行する医師会', value: view.association },
    { label: '申請日時', value: formatInstant(view.appliedAt) },
    ...(view.number === ''
      ? [
          { label: '基準日', value: formatDayPlain(view.wish.baseOn) },
          { label: '用途・提出先', value: view.wish.purpose },
        ]
      : [
          { label: '証明書番号', value: view.number },
          { label: '確認コード', value: view.code },
          {
            label: '確認用ページで確認された回数',
            value: checks === undefined ? '0回' : `${checks.count}回(最終 ${formatInstant(checks.last)})`,
          },
        ]),
    ...(ground === undefined
      ? []
      : [
          { label: '依頼の根拠', value: `${ground.label}(${formatDayPlain(ground.askedOn)}依頼)` },
          { label: '受取方法', value: ground.delivery },
        ]),
    ...(revoked === undefined
      ? []
      : [
          { label: '無効にした日', value: `${formatDayPlain(revoked.on)}(${revoked.byOffice ? '医師会事務局' : '本人'})` },
          { label: '無効にした理由', value: revoked.reason },
        ]),
  ];
}

/** Everything about one certificate, for doctor and office alike. */
export function CertificateDetail({ view }: { view: CertificateView }) {
  return (
    <>
      {view.sentBack ? (
        <Notice tone="warn" title="この申請は差し戻されました。">
          <p className="whitespace-pre-wrap">{view.message}</p>
        </Notice>
      ) : null}
      {view.corrected ? (
        <Notice tone="warn" title="発行後に登録内容が訂正されています。">
          <p>この証明書は取り出せません。必要な場合は、新しく発行してください。</p>
        </Notice>
      ) : null}
      <div className="mb-8">
        <DefinitionTable items={items(view)} />
      </div>
      {view.sheet === undefined ? null : (
        <Section title={view.number === '' ? '発行される内容' : '証明書の内容'}>
          <PaperSheet sheet={view.sheet} />
        </Section>
      )}
    </>
  );
}
