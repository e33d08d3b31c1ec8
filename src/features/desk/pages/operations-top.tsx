import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
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

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await ask(operationsTop, contextOf(context), {}));
}

/** P-01: today's work of 運営事務局. */
export default function OperationsTopPage({ loaderData: { inquiries } }: Route.ComponentProps) {
  return (
    <>
      <h1>TOP</h1>
      <Section title="本日の対応">
        {inquiries.open === 0 ? <EmptyState>現在、対応が必要なものはありません。</EmptyState> : null}
        <div className={inquiries.open === 0 ? 'mt-4' : undefined}>
          <InquiryCard title="お問合せ" counts={inquiries} to="/operations/inquiries" />
        </div>
      </Section>
    </>
  );
}
