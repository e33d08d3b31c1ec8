import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/done.ts';
import { mailTimes } from '../queries/registration.ts';

export const handle = definePage({
  id: 'A-09',
  title: '利用者登録 登録完了',
  who: ['doctor'],
  audit: { none: 'says only that it is done' },
  crumb: '登録完了',
});

export const meta = () => [{ title: '利用者登録 登録完了 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { domain: orThrow(await mailTimes(contextOf(context))).domain };
}

/** done, and where to go. The same page whatever the number turned out to be. */
export default function Done({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録 登録完了</h1>
      <Notice tone="success" title="利用者登録が完了しました。">
        <p>医籍登録番号は、医師会での初回の受付時、または運営事務局の照合により確認されます。それまで「(確認前)」と表示されます。</p>
        <p>ご登録のメールアドレスに、登録完了のお知らせをお送りしました。</p>
      </Notice>
      <MailHint domain={loaderData.domain} />
      <Actions>
        <LinkButton to="/my" variant="primary">
          マイページTOPへ
        </LinkButton>
        <LinkButton to="/my/applications/join">入会届に進む</LinkButton>
      </Actions>
    </>
  );
}
