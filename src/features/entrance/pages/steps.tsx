import { Stepper } from '#ui/parts/Stepper.tsx';
import { Notice } from '#ui/parts/Notice.tsx';

const steps = ['同意', 'メールアドレスの確認', '入力', '確認・登録'];

/** Where one is in the registration. */
export function RegistrationSteps({ current }: { current: 1 | 2 | 3 | 4 }) {
  return <Stepper steps={steps} current={current} />;
}

const firstSteps = ['本人の確認', '同意', 'メールアドレスの確認', '登録情報の確認', '確認・登録'];

/** Where a migrated doctor is in his first login. */
export function FirstLoginSteps({ current }: { current: 1 | 2 | 3 | 4 | 5 }) {
  return <Stepper steps={firstSteps} current={current} />;
}

/** The hint box of A-05: what to do when no mail comes. `domain` is the sender's. */
export function MailHint({ domain }: { domain: string }) {
  return (
    <Notice title="<1時間経過しても確認メールが届かない場合>">
      <ul>
        <li>ご入力いただいたメールアドレスに誤りがある可能性があります。もう一度ご入力ください。</li>
        <li>{`ドメイン指定受信で「${domain}」からのメールを受信できるように設定してください。`}</li>
      </ul>
    </Notice>
  );
}
