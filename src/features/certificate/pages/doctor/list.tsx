import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/list.ts';
import { myCertificates } from '../../queries/certificates.ts';
import { certificateColumns } from '../certificate-columns.tsx';
import { CertificateTable } from '../certificate-table.tsx';

export const handle = definePage({ id: 'D-13', title: '在籍証明書', who: ['doctor'], audit: 'certificate.listed', list: true });

export const meta = () => [{ title: '在籍証明書 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  return { page: (await askByAddress(myCertificates, contextOf(context), request.url)).value };
}

const base = '/my/membership-certificates';
const columns = certificateColumns(base, (id) => `${base}/${id}/revoke`);

export default function CertificateList({ loaderData: { page } }: Route.ComponentProps) {
  return (
    <>
      <h1>在籍証明書</h1>
      <p>医師会の会員であること(会員であったこと)の証明書を発行します。</p>
      <div className="mb-6">
        <Actions>
          <LinkButton variant="primary" to={`${base}/new`}>
            新しく発行する
          </LinkButton>
        </Actions>
      </div>
      <CertificateTable page={page} columns={columns} base={base} empty="発行した在籍証明書はありません。" />
    </>
  );
}
