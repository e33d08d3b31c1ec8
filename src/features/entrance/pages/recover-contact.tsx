import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/recover-contact.ts';

export const handle = definePage({
  id: 'A-11-contact',
  title: '登録したメールアドレスが使えない',
  who: everybody,
  audit: { none: 'a text for everybody' },
  crumb: '登録したメールアドレスが使えない',
});

export function loader({ context }: Route.LoaderArgs) {
  return { callCentre: contextOf(context).site.callCentre };
}

export const meta = () => [{ title: '登録したメールアドレスが使えない | MAMIS' }];

/** whom to ask when no mail can arrive. */
export default function RecoverContact({ loaderData: { callCentre } }: Route.ComponentProps) {
  return (
    <>
      <h1>登録したメールアドレスが使えない</h1>
      <p>
        所属医師会または運営事務局(コールセンター)へご連絡ください。医籍登録番号・氏名・生年月日をうかがい、ご本人の同意を確認したうえで、ご登録の連絡先へ再設定の案内をお送りします。
      </p>
      {callCentre === undefined ? null : (
        <DefinitionTable
          items={[
            { label: 'コールセンター(電話)', value: <a href={`tel:${callCentre.tel}`}>{callCentre.tel}</a> },
            ...(callCentre.hours === '' ? [] : [{ label: '受付時間', value: callCentre.hours }]),
          ]}
        />
      )}
      <Actions>
        <LinkButton to="/contact">お問合せフォーム</LinkButton>
        <LinkButton to="/recover">戻る</LinkButton>
        <LinkButton to="/login">ログインページに戻る</LinkButton>
      </Actions>
    </>
  );
}
