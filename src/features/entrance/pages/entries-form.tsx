import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ProfileFields } from '#features/person/pages/profile-fields.tsx';
import type { ProfileView } from '#features/person/pages/profile-entries.ts';
import type { ProfileOptions } from '#features/person/queries/profile-options.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { LoginFields } from '#ui/fields/LoginFields.tsx';
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
          <Section title="ログイン情報">
            <LoginFields kept={passwordKept ? texts.kept : undefined} />
          </Section>
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
