import { Link, Outlet, useLocation } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/filing.ts';
import { filingHead } from '../../queries/proxy-start.ts';

export const handle = definePage({
  id: 'O-10',
  title: '代理申請入力',
  crumb: '代理申請入力',
  who: ['office'],
  audit: 'application.viewed',
});

export async function loader({ context, params }: Route.LoaderArgs) {
  return { head: orThrow(await ask(filingHead, contextOf(context), { id: params.id })) };
}

function mailNote(withoutMail: boolean): string {
  return withoutMail
    ? 'メールアドレスの登録がありません。ご本人へは文書などでお知らせください。'
    : '本人に、代理で申請したことをメールでお知らせします。';
}

/** Around the pages of a paper that the office writes for a doctor: for whom, and on which ground. */
export default function Filing({ loaderData }: Route.ComponentProps) {
  const { head } = loaderData;
  const { pathname } = useLocation();
  return (
    <>
      <Notice title={`代理申請入力:${head.name} 様`}>
        {head.ground.map((line) => (
          <p key={line.label}>{`${line.label}:${line.lines.join('、')}`}</p>
        ))}
        {pathname.endsWith('/review') && head.why !== 'death' ? <p>{mailNote(head.withoutMail)}</p> : null}
        {pathname.endsWith('/ground') ? null : (
          <p>
            <Link to={`/office/applications/${head.id}/ground`}>根拠を修正する</Link>
          </p>
        )}
      </Notice>
      <Outlet />
    </>
  );
}
