import type { RefusedForm } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { OwnPasskey, OwnPasskeys } from '../queries/own-passkeys.ts';
import { Change } from './account-change.tsx';
import { PasskeyForm, PasskeysNeedScript } from './passkey-form.tsx';

const daysOf = ({ addedOn, usedOn }: OwnPasskey) => `追加日 ${addedOn}・最終利用日 ${usedOn === '' ? '－' : usedOn}`;

function List({ passkeys }: Pick<OwnPasskeys, 'passkeys'>) {
  if (passkeys.length === 0) return <p>パスキーは登録されていません。</p>;
  return <DefinitionTable items={passkeys.map((one) => ({ key: one.id, label: one.name, value: daysOf(one) }))} />;
}

function Add({ passkeys, most }: OwnPasskeys) {
  if (passkeys.length >= most) return <p>{`パスキーは${most}個まで登録できます。追加するには、使わないものを削除してください。`}</p>;
  return (
    <details className="mt-4 mb-6">
      <summary>パスキーを追加する</summary>
      <div className="mt-4">
        <PasskeysNeedScript>パスキーを追加するには、ブラウザのJavaScriptを有効にしてください。</PasskeysNeedScript>
        <PasskeyForm kind="create" askAt="/passkeys" button="パスキーを追加する">
          <TextField
            name="passkeyName"
            label="パスキーの名前"
            required
            hint="30文字以内。どの端末のものか分かる名前(例:自宅のパソコン)"
            autoComplete="off"
          />
          <PasswordField name="passwordForPasskey" label="現在のパスワード" required autoComplete="current-password" />
        </PasskeyForm>
      </div>
    </details>
  );
}

function Remove({ passkeys, refused }: Pick<OwnPasskeys, 'passkeys'> & { refused: RefusedForm | undefined }) {
  if (passkeys.length === 0) return null;
  return (
    <Change title="パスキーを削除する" names={['passkeyId', 'passwordToDelete']} refused={refused}>
      <RadioGroup
        name="passkeyId"
        label="削除するパスキー"
        required
        options={passkeys.map((one) => ({ value: one.id, label: one.name, note: daysOf(one) }))}
      />
      <PasswordField name="passwordToDelete" label="現在のパスワード" required autoComplete="current-password" />
      <Button name="intent" value="deletePasskey" variant="danger">
        パスキーを削除する
      </Button>
    </Change>
  );
}

/** パスキー of D-05 and O-27: list, add, delete. A change of the list empties its forms. */
export function Passkeys({ own, refused }: { own: OwnPasskeys; refused: RefusedForm | undefined }) {
  const { passkeys } = own;
  return (
    <Section title="パスキー">
      <p className="mb-4">
        お使いの端末の画面ロック(指紋・顔・暗証番号など)でログインできます。パスワードと2段階認証の代わりになります。共用の端末には追加しないでください。
      </p>
      <List passkeys={passkeys} />
      <div key={passkeys.map((one) => one.id).join()}>
        <Add {...own} />
        <Remove passkeys={passkeys} refused={refused} />
      </div>
    </Section>
  );
}
