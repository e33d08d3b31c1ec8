import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { chosenStates } from '../flow.ts';
import { roleLabel, stateLabel } from '../labels.ts';
import type { StaffDetail } from '../queries/staff-list.ts';
import { NameFields, RoleField, ValidUntilField } from './member-fields.tsx';

type Props = { detail: StaffDetail; idempotencyKey: string };

type Refused = { refusal: Refusal; values: FormValues } | undefined;

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
      <Section title="メールが使えない場合">
        <p className="mb-4">
          システムが作る初期パスワードを1回だけ表示します。本人に手渡してください。本人が利用開始の手続きで、自分のログインIDとパスワードを決めます。
        </p>
        <Form method="post">
          <FormGuard idempotencyKey={`${idempotencyKey}-initial`} version={row.version} />
          <Button name="intent" value="initial-password">
            初期パスワードを発行する
          </Button>
        </Form>
      </Section>
    </>
  );
}

/** The initial password, shown this once (O-17). */
export function InitialPasswordShown({ name, initialPassword, until }: { name: string; initialPassword: string; until: Date }) {
  return (
    <>
      <h1>{`${name} 様の初期パスワード`}</h1>
      <Notice tone="warn" title="この画面でしか表示されません。書き写すか印刷して、本人に手渡してください。">
        <p>先に送信した招待メールのURLは使えなくなりました。</p>
      </Notice>
      <DefinitionTable
        items={[
          { label: '初期パスワード', value: initialPassword },
          { label: '有効期限', value: formatInstant(until) },
          { label: '本人の手続き', value: 'ログインページの「初期パスワードをお持ちの方」から' },
        ]}
      />
      <Actions>
        <PrintButton>印刷する</PrintButton>
        <LinkButton to="/office/staff-members">事務局ユーザー一覧に戻る</LinkButton>
      </Actions>
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
        { label: '2段階認証', value: row.factor ? '設定済み' : '未設定' },
        { label: 'ログイン中の端末', value: `${sessions}件` },
      ]}
    />
  );
}

/** For a colleague who has lost app and recovery codes (O-17). */
function Factor({ detail: { row }, idempotencyKey }: Props) {
  if (!row.factor) return null;
  return (
    <Section title="2段階認証">
      <p className="mb-4">
        本人が認証アプリもリカバリーコードも使えなくなったときに解除します。解除すると、ログイン中の端末はすべて終了し、本人にメールでお知らせします。設定し直してから24時間は、承認・出力ができません。
      </p>
      <Form method="post">
        <FormGuard idempotencyKey={`${idempotencyKey}-factor`} />
        <Button variant="danger" name="intent" value="lift-factor">
          2段階認証を解除する
        </Button>
      </Form>
    </Section>
  );
}

/** 引継ぎ, on one's own page (O-17). */
function HandOver({ detail, today, idempotencyKey, refused }: MemberProps) {
  return (
    <Section title="引継ぎ">
      <p className="mb-4">
        担当中の申請と保存した検索条件は、すぐに後任の方へ移ります。ご自身のアカウントは、利用終了日の翌日から使えなくなります。
      </p>
      {detail.successors.length === 0 ? (
        <p>引き継げる方がいません。先に後任の方を登録してください。</p>
      ) : (
        <Form method="post">
          <FormGuard idempotencyKey={`${idempotencyKey}-hand-over`} version={detail.row.version} />
          <FormState errors={refused?.refusal.fields} values={refused?.values}>
            <SelectField name="successorId" label="後任" required options={detail.successors} placeholder="選択してください" />
            <DateField name="endsOn" label="利用終了日" required today={today} />
          </FormState>
          <Button name="intent" value="hand-over">
            引き継ぐ
          </Button>
        </Form>
      )}
    </Section>
  );
}

type MemberProps = Props & { today: Day; refused: Refused };

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
      {detail.own ? (
        <HandOver detail={detail} today={today} idempotencyKey={idempotencyKey} refused={refused} />
      ) : (
        <Factor detail={detail} idempotencyKey={idempotencyKey} />
      )}
    </>
  );
}
