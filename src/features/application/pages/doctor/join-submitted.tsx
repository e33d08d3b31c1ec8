import { Link, redirect } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { mailDomainOf } from '#platform/context.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/join-submitted.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { FormHead } from './join-parts.tsx';
import { WithdrawalHead } from './withdrawal-parts.tsx';

export const handle = definePage({ id: 'D-08', title: '申請の受付', crumb: '完了', who: ['doctor'], audit: 'application.viewed' });

export const meta = () => [{ title: '申請の受付 完了 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const view = orThrow(await ask(myConfirmation, contextOf(context), { id: params.id }));
  if (view.number === '') throw redirect(view.continueTo);
  return { ...view, domain: mailDomainOf(contextOf(context).site) };
}

const verbs = { join: '入会', transfer: '異動', change: '異動', withdrawal: '退会' } as const;

export default function JoinSubmittedPage({ loaderData }: Route.ComponentProps) {
  const { formKind: kind } = loaderData;
  const verb = verbs[kind];
  return (
    <>
      {kind === 'withdrawal' ? <WithdrawalHead current={3} /> : <FormHead kind={kind} fromEnd={-1} />}
      <Notice tone="success" title={`${verb}の申請を受付けました。`}>
        <p>{`受付番号:${loaderData.number}`}</p>
        <p className="font-bold">お手続きはまだ完了していません。</p>
      </Notice>
      <p>{`この度は${verb}の申請をいただき、誠にありがとうございます。`}</p>
      <p>※ 申請された各医師会で審査・承認後に完了となります。</p>
      <p>※ 医師会事務局よりご連絡することがありますので、ご対応のほどよろしくお願いいたします。</p>
      <p>ご入力いただいたメールアドレスに確認メール(自動送信)をお送りしています。</p>
      <MailHint domain={loaderData.domain}>
        <p>
          登録されているメールアドレスは<Link to="/my/account">ログイン情報</Link>で確かめ、変更できます。
        </p>
      </MailHint>
      <Actions>
        <LinkButton to={`/my/applications/${loaderData.id}`} variant="primary">
          進み具合を見る
        </LinkButton>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}
