import { formatInstant } from '#kernel/wareki.ts';
import type { CheckSummary } from '#features/audit-trail/queries/check.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/operations-top.ts';
import { operationsTop } from '../queries/operations-top.ts';
import { InquiryCard } from './inquiry-card.tsx';

export const handle = definePage({
  id: 'P-01',
  title: 'TOP',
  who: ['operations'],
  audit: { none: 'counts only, no personal data' },
});

export const meta = () => [{ title: 'TOP | MAMIS' }];

/** What the nightly verification has found stands first until all of it has been verified and is in order. */
function CheckAlert({ check: { mismatched, findings, problems } }: { check: CheckSummary }) {
  if (mismatched + problems.length === 0) return null;
  const lines = [...problems, ...findings];
  return (
    <Notice tone="error" title="操作履歴の検証で、一致しない記録が見つかっています。">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>記録を変更せずに、システムの管理者に全件の検証を依頼してください。全件の検証で正常と確かめられるまで、この表示は消えません。</p>
    </Notice>
  );
}

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await ask(operationsTop, contextOf(context), {}));
}

/** P-01: today's work of 運営事務局. */
export default function OperationsTopPage({ loaderData: { inquiries, check } }: Route.ComponentProps) {
  return (
    <>
      <h1>TOP</h1>
      <CheckAlert check={check} />
      <Section title="本日の対応">
        {inquiries.open === 0 ? <EmptyState>現在、対応が必要なものはありません。</EmptyState> : null}
        <div className={inquiries.open === 0 ? 'mt-4' : undefined}>
          <InquiryCard title="お問合せ" counts={inquiries} to="/operations/inquiries" />
        </div>
      </Section>
      <Section title="操作履歴の検証">
        <p>
          {check.at === undefined
            ? 'まだ検証は行われていません。'
            : `最終検証:${formatInstant(check.at)} ${check.mismatched + check.problems.length === 0 ? '正常' : '不一致あり'}`}
        </p>
      </Section>
    </>
  );
}
