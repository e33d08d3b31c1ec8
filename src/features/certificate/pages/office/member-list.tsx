import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { memberHead } from '#features/membership/queries/member-head.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/member-list.ts';
import { memberCertificates } from '../../queries/certificates.ts';
import { certificateColumns } from '../certificate-columns.tsx';
import { CertificateTable } from '../certificate-table.tsx';

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
  const ctx = contextOf(context);
  const { size, before, after } = Object.fromEntries(new URL(request.url).searchParams);
  const place = { size: size ?? String(ctx.pageSize ?? ''), before, after };
  const page = orThrow(await ask(memberCertificates, ctx, { personId: params.id, ...place }));
  return { page, head: orThrow(await ask(memberHead, ctx, { id: params.id })) };
}

const base = '/office/applications/certificates';
const columns = certificateColumns(base, (id) => `${base}/${id}`);

/** 証明書 of one member that our association issued (`screens.md O-08`). */
export default function MemberCertificates({ loaderData }: Route.ComponentProps) {
  const { page, head } = loaderData;
  return (
    <MemberFrame head={head} current="certificates">
      <p>貴会が発行した在籍証明書です。</p>
      <div className="mb-6">
        <Actions>
          <LinkButton variant="primary" to={`/office/members/${page.personId}/membership-certificates/new`}>
            発行する
          </LinkButton>
        </Actions>
      </div>
      <CertificateTable page={page} columns={columns} base={base} empty="発行した在籍証明書はありません。" />
    </MemberFrame>
  );
}
