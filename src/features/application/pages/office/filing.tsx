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

/** How the doctor, or his family, gets to know of it (`screens.md O-10, O-11`). */
function Telling({ head }: { head: Route.ComponentProps['loaderData']['head'] }) {
  const { id, why, withoutMail } = head;
  const mail = withoutMail
    ? 'メールアドレスの登録がありません。お知らせの文書を印刷してください。'
    : '本人に、代理で申請したことをメールでお知らせします。';
  return (
    <>
      {why === 'death' ? null : <p>{mail}</p>}
      {why === 'missing' ? <p>最後の住所へも、お知らせの文書をお送りください。</p> : null}
      {why === 'death' || why === 'missing' || withoutMail ? (
        <p>
          <a href={`/office/applications/${id}/letter.pdf`} target="_blank" rel="noreferrer">
            {why === 'death' ? 'ご遺族へのお知らせの文書を印刷する' : '文書を印刷する'}
          </a>
        </p>
      ) : null}
    </>
  );
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
        {pathname.endsWith('/review') ? <Telling head={head} /> : null}
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
