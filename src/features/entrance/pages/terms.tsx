import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/terms.ts';
import { termsText } from '../queries/terms.ts';
import { TermsText } from './terms-text.tsx';

export const handle = definePage({
  id: 'A-16-terms',
  title: '利用規約',
  who: everybody,
  audit: { none: 'a text for everybody' },
  crumb: '利用規約',
});

export const meta = () => [{ title: '利用規約 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await termsText(contextOf(context), 'terms'));
}

export default function Terms({ loaderData }: Route.ComponentProps) {
  return <TermsText title="利用規約" text={loaderData} />;
}
