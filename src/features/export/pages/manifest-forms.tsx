import { Form } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Manifest } from '../queries/manifest.ts';

const hourMs = 3_600_000;

/** How long the file can be had, and until when. */
function fetchText({ fetchUntil, readyAt }: Pick<Manifest, 'fetchUntil' | 'readyAt'>): string {
  if (fetchUntil === null || readyAt === null) return '作成しました。';
  const hours = Math.round((fetchUntil.getTime() - readyAt.getTime()) / hourMs);
  return `作成しました。${hours}時間以内に取得してください。(${formatInstant(fetchUntil)}まで)`;
}

/** 取得する: the password once more, and from the second time on a reason. A file answers, so the browser sends the form itself. */
export function FetchForm({ manifest, idempotencyKey }: { manifest: Manifest; idempotencyKey: string }) {
  return (
    <Section title="ファイルの取得">
      <p>{fetchText(manifest)}</p>
      <Form method="post" reloadDocument>
        <FormGuard idempotencyKey={idempotencyKey} />
        <PasswordField name="password" label="パスワード" required autoComplete="current-password" />
        {manifest.fetched > 0 ? (
          <TextField name="reason" label="再度取得する理由" required width="wide" hint="200文字以内" autoComplete="off" />
        ) : null}
        <Actions>
          <Button variant="primary" name="intent" value="fetch">
            取得する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** 承認する / 却下する of a large file, by a second person. */
export function AnswerForm({ idempotencyKey }: { idempotencyKey: string }) {
  return (
    <Section title="出力の承認">
      <Form method="post">
        <FormGuard idempotencyKey={idempotencyKey} />
        <TextField name="reason" label="却下の理由" width="wide" hint="却下するときに入力してください。200文字以内" autoComplete="off" />
        <Actions>
          <Button variant="primary" name="intent" value="approve">
            承認する
          </Button>
          <Button name="intent" value="decline">
            却下する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** 削除を報告する. */
export function DeletionForm({ idempotencyKey }: { idempotencyKey: string }) {
  return (
    <Section title="削除の報告">
      <Form method="post">
        <FormGuard idempotencyKey={idempotencyKey} />
        <DateField name="deletedOn" label="削除した日" required />
        <Checkbox name="deleted" label="取得したファイルを削除しました" required />
        <Actions>
          <Button name="intent" value="delete">
            削除を報告する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}
