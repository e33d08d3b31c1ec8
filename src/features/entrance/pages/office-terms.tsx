import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/office-terms.ts';
import { termsText } from '../queries/terms.ts';
import { TermsText } from './terms-text.tsx';

export const handle = definePage({
  id: 'A-16-office',
  title: '事務局規約',
  who: everybody,
  audit: { none: 'a text for everybody' },
  crumb: '事務局規約',
});

export const meta = () => [{ title: '事務局規約 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await termsText(contextOf(context), 'office'));
}

export default function OfficeTerms({ loaderData }: Route.ComponentProps) {
  return <TermsText title="事務局規約" text={loaderData} />;
}
