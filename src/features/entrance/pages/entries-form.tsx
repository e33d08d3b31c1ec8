import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ProfileFields } from '#features/person/pages/profile-fields.tsx';
import type { ProfileView } from '#features/person/pages/profile-entries.ts';
import type { ProfileOptions } from '#features/person/queries/profile-options.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { texts } from '../messages.ts';

type Props = {
  view: ProfileView;
  refusal: Refusal | undefined;
  options: ProfileOptions;
  mail: string;
  /** A password is kept already: its boxes may stay empty. */
  passwordKept: boolean;
  /** Instead of the number's fields: at a first login it is shown, not asked. */
  licence?: ReactNode;
  /** Fields whose value came with the migration. */
  migrated?: readonly string[];
};

const passwordRule = 'パスワードは、半角英字・数字・記号の3種類すべてを使用し、8文字以上で登録してください。 ※使用できる記号 !@%&#';

/** ログイン情報; what was typed in a password box is never sent back into the page. */
function LoginFields({ kept }: { kept: boolean }) {
  return (
    <Section title="ログイン情報">
      <TextField
        name="loginId"
        label="ログインID"
        required
        hint="半角英数字・記号8文字以上、32文字以内"
        autoComplete="username"
        spellCheck={false}
      />
      <PasswordField
        name="password"
        label="パスワード"
        required={!kept}
        hint={kept ? `${texts.kept} ${passwordRule}` : passwordRule}
        autoComplete="new-password"
      />
      <PasswordField
        name="passwordRepeat"
        label="パスワード(確認)"
        required={!kept}
        hint="確認のため再度ご入力ください"
        autoComplete="new-password"
      />
    </Section>
  );
}

/** Login information and the profile field set of A-07. */
export function EntriesForm({ view, refusal, options, mail, passwordKept, licence, migrated }: Props) {
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <Form method="post" key={view.stamp}>
        <DefaultSubmit value="next" />
        <FormState
          errors={refusal?.fields}
          values={view.values}
          marks={migrated === undefined ? undefined : { names: migrated, text: texts.migratedMark }}
        >
          <LoginFields kept={passwordKept} />
          <ProfileFields view={view} options={options} mail={mail} licence={licence} />
        </FormState>
        <Actions>
          <Button variant="primary" size="large" name="intent" value="next">
            確認画面へ進む
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
