import { Link } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';

export const handle = definePage({
  id: 'A-11',
  title: 'ログインにお困りの方',
  who: everybody,
  audit: { none: 'ways to choose from' },
  crumb: 'ログインにお困りの方',
});

export const meta = () => [{ title: 'ログインにお困りの方 | MAMIS' }];

/** which way back in. */
export default function Recover() {
  return (
    <>
      <h1>ログインにお困りの方</h1>
      <p>あてはまるものを選んでください。</p>
      <ul className="ui-links">
        <li>
          <Link to="/recover/password">パスワードを忘れた</Link>
        </li>
        <li>
          <Link to="/recover/login-id">ログインIDを忘れた</Link>
        </li>
        <li>
          <Link to="/recover/letter">書状のコードを持っている</Link>
        </li>
        <li>
          <Link to="/recover/contact">登録したメールアドレスが使えない</Link>
        </li>
      </ul>
      <Actions>
        <LinkButton to="/login">ログインページに戻る</LinkButton>
      </Actions>
    </>
  );
}
