import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Door, Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/proxy-start.ts';
import type { ProxyStart } from '../../queries/proxy-start.ts';
import { proxyStart } from '../../queries/proxy-start.ts';

export const handle = definePage({
  id: 'O-10',
  title: '代理申請入力',
  crumb: '代理申請入力',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'member.viewed',
});

export const meta = () => [{ title: '代理申請入力 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { start: orThrow(await ask(proxyStart, contextOf(context), { personId: params.id })) };
}

function Kinds({ start }: { start: ProxyStart }) {
  const at = `/office/members/${start.personId}/applications`;
  return (
    <>
      <Section title="本人の依頼による届">
        <div className="grid gap-4 md:grid-cols-2">
          <Door to={`${at}/join`}>入会届</Door>
          <Door to={`${at}/transfer`}>異動届(医師会の異動)</Door>
          <Door to={`${at}/change`}>会員区分変更・施設異動</Door>
          <Door to={`${at}/withdrawal`}>退会届</Door>
        </div>
      </Section>
      {start.mayEnterDeath ? (
        <Section title="死亡・所在不明による退会届">
          <div className="grid gap-4 md:grid-cols-2">
            <Door to={`${at}/withdrawal?ground=death`}>死亡</Door>
            <Door to={`${at}/withdrawal?ground=missing`}>所在不明</Door>
          </div>
        </Section>
      ) : null}
    </>
  );
}

function Papers({ papers }: { papers: ProxyStart['papers'] }) {
  return (
    <Section title="この方について入力中・申請中の代理申請">
      {papers.length === 0 ? (
        <EmptyState>入力中・申請中の代理申請はありません。</EmptyState>
      ) : (
        <ul className="grid gap-3">
          {papers.map((paper) => (
            <li key={paper.id}>
              <Link to={paper.to}>{paper.draft ? `${paper.paper}(一時保存)の入力を続ける` : `${paper.paper} ${paper.number}`}</Link>
              {` ${paper.savedAt} `}
              {paper.draft ? (
                <Link to={`/office/applications/${paper.id}/delete`}>{`削除する(${paper.paper} ${paper.savedAt})`}</Link>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** 代理申請入力: which paper, and what is under way already (`screens.md O-08, O-10`). */
export default function ProxyStartPage({ loaderData }: Route.ComponentProps) {
  const { start } = loaderData;
  return (
    <>
      <h1>{`代理申請入力:${start.name} 様`}</h1>
      {start.diedOn === null ? (
        <>
          <p>
            ご本人からの依頼、死亡または所在不明により、医師会事務局が届を入力します。複数の方の届は
            <Link to="/office/applications/proxy-sheet">CSVで代理申請</Link>
            をご利用ください。
          </p>
          <Kinds start={start} />
        </>
      ) : (
        <Notice tone="warn" title={`死亡が登録されています(${formatDayPlain(start.diedOn)}逝去)。`} />
      )}
      <Papers papers={start.papers} />
      <Actions>
        <LinkButton to={`/office/members/${start.personId}`} variant="text">
          会員情報詳細に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
