import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/privacy.ts';
import { termsText } from '../queries/terms.ts';
import { TermsText } from './terms-text.tsx';

export const handle = definePage({
  id: 'A-16-privacy',
  title: '個人情報の取り扱いについて',
  who: everybody,
  audit: { none: 'a text for everybody' },
  crumb: '個人情報の取り扱いについて',
});

export const meta = () => [{ title: '個人情報の取り扱いについて | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await termsText(contextOf(context), 'privacy'));
}

export default function Privacy({ loaderData }: Route.ComponentProps) {
  return <TermsText title="個人情報の取り扱いについて" text={loaderData} />;
}
