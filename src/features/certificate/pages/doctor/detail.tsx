import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/detail.ts';
import { certificateTexts as texts } from '../../messages.ts';
import { certificate } from '../../queries/certificate.ts';
import { CertificateDetail } from '../certificate-detail.tsx';

export const handle = definePage({
  id: 'D-13',
  title: '在籍証明書の内容',
  crumb: '証明書の内容',
  who: ['doctor'],
  audit: 'certificate.viewed',
});

export const meta = () => [{ title: '在籍証明書の内容 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { view: orThrow(await ask(certificate, contextOf(context), { id: params.id })) };
}

export default function CertificatePage({ loaderData }: Route.ComponentProps) {
  const { view } = loaderData;
  const here = `/my/membership-certificates/${view.id}`;
  const waits = view.number === '' && !view.sentBack;
  return (
    <>
      <h1>{view.number === '' ? '在籍証明書の申請' : `在籍証明書 ${view.number}`}</h1>
      {waits ? <Notice title={texts.requested(view.association)} /> : null}
      <CertificateDetail view={view} />
      <Actions>
        {view.may.open ? (
          <LinkButton variant="primary" to={`${here}/print.pdf`} reloadDocument>
            PDFを開く(印刷する)
          </LinkButton>
        ) : null}
        {view.may.again ? (
          <LinkButton variant="primary" to={`/my/membership-certificates/new?from=${view.id}`}>
            内容を直して申請する
          </LinkButton>
        ) : null}
        {view.may.revoke ? <LinkButton to={`${here}/revoke`}>無効にする</LinkButton> : null}
        <LinkButton to="/my/membership-certificates" variant="text">
          一覧に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
