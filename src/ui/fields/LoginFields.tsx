import { PasswordField } from './PasswordField.tsx';
import { TextField } from './TextField.tsx';

/** What a login ID may be (`screens.md A-07`). */
export const loginIdHint = '半角英数字・記号8文字以上、32文字以内';

/** What a password must be (`screens.md A-07`). */
export const passwordHint = 'パスワードは、半角英字・数字・記号の3種類すべてを使用し、8文字以上で登録してください。 ※使用できる記号 !@%&#';

type Passwords = {
  /** How it is called, e.g. 新しいパスワード. */
  label?: string;
  /** Said before the rule when a password is kept already: its boxes may stay empty. */
  kept?: string | undefined;
};

/** A password, and once more. */
export function NewPasswordFields({ label = 'パスワード', kept }: Passwords) {
  const required = kept === undefined;
  const hint = required ? passwordHint : `${kept} ${passwordHint}`;
  return (
    <>
      <PasswordField name="password" label={label} required={required} hint={hint} autoComplete="new-password" />
      <PasswordField
        name="passwordRepeat"
        label={`${label}(確認)`}
        required={required}
        hint="確認のため再度ご入力ください"
        autoComplete="new-password"
      />
    </>
  );
}

/** ログイン情報 of somebody who has none yet. */
export function LoginFields({ kept }: { kept?: string | undefined }) {
  return (
    <>
      <TextField name="loginId" label="ログインID" required hint={loginIdHint} autoComplete="username" spellCheck={false} />
      <NewPasswordFields kept={kept} />
    </>
  );
}
