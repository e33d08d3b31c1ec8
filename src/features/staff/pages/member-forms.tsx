import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { chosenStates } from '../flow.ts';
import { roleLabel, stateLabel } from '../labels.ts';
import type { StaffDetail } from '../queries/staff-list.ts';
import { NameFields, RoleField, ValidUntilField } from './member-fields.tsx';

type Props = { detail: StaffDetail; idempotencyKey: string };

const stateOptions = chosenStates.map((state) => ({ value: state, label: stateLabel(state) }));

const deleteTo = (id: string) => `/office/staff-members/delete?id=${id}`;

/** An invitation that waits for its answer: resend, take back. */
export function InvitationForms({ detail: { row }, idempotencyKey }: Props) {
  return (
    <>
      <DefinitionTable
        items={[
          { label: 'フリガナ', value: `${row.surnameKana} ${row.givenNameKana}` },
          { label: 'メールアドレス', value: row.mail },
          { label: '権限', value: roleLabel(row.role) },
          { label: '有効期間', value: formatDayPlain(row.validUntil) },
          { label: '招待のURLの期限', value: row.expiresAt === null ? '送信準備中' : formatInstant(row.expiresAt) },
        ]}
      />
      <p>内容を変える場合は、この招待を削除して、新規登録をやり直してください。</p>
      <Form method="post">
        <FormGuard idempotencyKey={idempotencyKey} version={row.version} />
        <Actions>
          <Button variant="primary" name="intent" value="resend">
            招待を再送する
          </Button>
          <LinkButton to={deleteTo(row.id)}>削除する</LinkButton>
          <LinkButton to="/office/staff-members">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** What only the person changes, and what follows from his use. */
function Facts({ detail: { row, sessions } }: { detail: StaffDetail }) {
  return (
    <DefinitionTable
      items={[
        { label: 'ログインID', value: row.loginId },
        { label: 'メールアドレス', value: row.mail === '' ? '－' : row.mail },
        { label: '最終ログイン', value: row.lastLoginAt === null ? '－' : formatInstant(row.lastLoginAt) },
        { label: 'ログイン中の端末', value: `${sessions}件` },
      ]}
    />
  );
}

type MemberProps = Props & { today: string; refused: { refusal: Refusal; values: FormValues } | undefined };

/** 保存する, 削除する, end of the sessions (O-17). */
export function MemberForms({ detail, today, idempotencyKey, refused }: MemberProps) {
  const { row } = detail;
  return (
    <>
      {detail.lastAdmin ? (
        <Notice tone="warn" title="この医師会でただ1名の管理者です。">
          停止・削除・権限の変更・有効期間の短縮は、後任の管理者を登録するまでできません。
        </Notice>
      ) : null}
      <Facts detail={detail} />
      <p>ログインID、パスワード、メールアドレスは、本人がログイン情報で変更します。</p>
      <Form method="post">
        <DefaultSubmit value="save" />
        <FormGuard idempotencyKey={idempotencyKey} version={row.version} />
        <FormState errors={refused?.refusal.fields} values={refused?.values}>
          <NameFields member={row} />
          <RoleField role={row.role} />
          <RadioGroup name="state" label="使用状態" options={stateOptions} defaultValue={row.state} inline />
          <ValidUntilField day={formatDayPlain(row.validUntil)} latest={formatDayPlain(detail.latest)} today={today} />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="save">
            保存する
          </Button>
          <LinkButton to={deleteTo(row.id)}>削除する</LinkButton>
          <LinkButton to="/office/staff-members">戻る</LinkButton>
        </Actions>
      </Form>
      <Section title="ログイン中の端末">
        <Form method="post">
          <FormGuard idempotencyKey={`${idempotencyKey}-sessions`} />
          <Button variant="danger" name="intent" value="end-sessions">
            ログイン中の端末をすべて終了する
          </Button>
        </Form>
      </Section>
    </>
  );
}
