import { data } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import type { Route } from './+types/page.ts';
import { manualPage } from '../manual.server.ts';
import { MarkdownView } from './markdown-view.tsx';

export const handle = definePage({
  id: 'A-16-manual',
  title: '操作の手引き',
  crumb: '操作の手引き',
  who: everybody,
  audit: { none: 'a text for everybody' },
});

export const meta = () => [{ title: '操作の手引き | MAMIS' }];

export function loader({ params }: Route.LoaderArgs) {
  const blocks = manualPage(params.page);
  if (blocks === undefined) throw data({}, { status: 404 });
  return { blocks };
}

/** One page of the manual, with its pictures. */
export default function ManualPage({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <MarkdownView blocks={loaderData.blocks} />
      <Actions>
        <PrintButton>印刷する</PrintButton>
        <LinkButton to="/help">よくある質問・操作の手引きに戻る</LinkButton>
      </Actions>
    </>
  );
}
