import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { memberHead } from '#features/membership/queries/member-head.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/member-list.ts';
import { memberCertificates } from '../../queries/certificates.ts';
import { certificateColumns } from '../certificate-columns.tsx';

export const handle = definePage({
  id: 'O-08',
  title: '会員の在籍証明書',
  crumb: '在籍証明書',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'certificate.listed',
  list: true,
});

export const meta = () => [{ title: '会員の在籍証明書 | MAMIS' }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const after = new URL(request.url).searchParams.get('after') ?? '';
  const ctx = contextOf(context);
  const certificates = orThrow(await ask(memberCertificates, ctx, { personId: params.id, after }));
  return { ...certificates, head: orThrow(await ask(memberHead, ctx, { id: params.id })) };
}

const base = '/office/applications/certificates';
const columns = certificateColumns(base, (id) => `${base}/${id}`);

/** 証明書 of one member that our association issued (`screens.md O-08`). */
export default function MemberCertificates({ loaderData }: Route.ComponentProps) {
  const { personId, head, rows, after } = loaderData;
  return (
    <MemberFrame head={head} current="certificates">
      <p>貴会が発行した在籍証明書です。</p>
      <div className="mb-6">
        <Actions>
          <LinkButton variant="primary" to={`/office/members/${personId}/membership-certificates/new`}>
            発行する
          </LinkButton>
        </Actions>
      </div>
      <DataTable
        caption="在籍証明書の一覧"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `${base}/${row.id}`}
        empty="発行した在籍証明書はありません。"
      />
      <ListBar>
        <KeysetPager after={after} />
      </ListBar>
    </MemberFrame>
  );
}
