import { Form } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import type { RefusedForm } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { masterNames as names } from '../../master-fields.ts';
import type { MasterDetail } from '../../queries/master.ts';

/** 初期管理者 氏名・メール (`screens.md J-02`); he chooses his own ID and password by the link of M-30. */
export function AdminFields() {
  return (
    <fieldset className="my-4">
      <legend className="font-bold">初期管理者</legend>
      <TextField name="surname" label="姓" required autoComplete="off" />
      <TextField name="givenName" label="名" required autoComplete="off" />
      <TextField name="surnameKana" label="セイ(フリガナ)" required autoComplete="off" />
      <TextField name="givenNameKana" label="メイ(フリガナ)" required autoComplete="off" />
      <TextField
        name="adminMail"
        label={names.adminMail}
        required
        width="wide"
        hint="このアドレスに、本人だけが使える招待のURLを送ります"
        autoComplete="off"
      />
    </fieldset>
  );
}

type Props = { detail: MasterDetail; state: RefusedForm | undefined; idempotencyKey: string };

/** Who was invited as the first 管理者; as long as there is none, again or somebody else. */
export function FirstAdmins({ detail, state, idempotencyKey }: Props) {
  const { firstAdmins, admins, invitedUntil, mayKeep, row } = detail;
  const [last] = firstAdmins;
  if (row.withdrawn || (admins > 0 && last === undefined)) return null;
  return (
    <Section title="初期管理者">
      {last === undefined ? null : (
        <p>{`${last.surname} ${last.givenName} 様を${formatInstant(last.namedAt)}に届け出ました(入力:${last.namedByName})。`}</p>
      )}
      {admins > 0 ? <p>{`管理者が${admins}名います。追加の管理者は、医師会の事務局ユーザー管理から招待します。`}</p> : null}
      {admins === 0 ? (
        <p>
          {invitedUntil === null
            ? '管理者がいません。設立日の前に届け出たときは、設立日に招待メールを送ります。'
            : `招待メールの期限は${formatInstant(invitedUntil)}です。新しく招待すると、前の招待のURLは使えなくなります。`}
        </p>
      ) : null}
      {admins === 0 && mayKeep && row.closesOn === null ? (
        <Form method="post">
          <FormGuard idempotencyKey={idempotencyKey} />
          <FormState errors={state?.refusal.fields} values={state?.values}>
            <AdminFields />
          </FormState>
          <Actions>
            <Button name="intent" value="invite">
              招待する
            </Button>
          </Actions>
        </Form>
      ) : null}
    </Section>
  );
}
