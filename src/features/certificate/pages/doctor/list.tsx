import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import { myCertificates } from '../../queries/certificates.ts';
import { certificateColumns } from '../certificate-columns.tsx';

export const handle = definePage({ id: 'D-13', title: '在籍証明書', who: ['doctor'], audit: 'certificate.listed', list: true });

export const meta = () => [{ title: '在籍証明書 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const after = new URL(request.url).searchParams.get('after') ?? '';
  return orThrow(await ask(myCertificates, contextOf(context), { after }));
}

const base = '/my/membership-certificates';
const columns = certificateColumns(base, (id) => `${base}/${id}/revoke`);

export default function CertificateList({ loaderData }: Route.ComponentProps) {
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
      <DataTable
        caption="在籍証明書の一覧"
        columns={columns}
        rows={loaderData.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `${base}/${row.id}`}
        empty="発行した在籍証明書はありません。"
      />
      <ListBar>
        <KeysetPager after={loaderData.after} />
      </ListBar>
    </>
  );
}
