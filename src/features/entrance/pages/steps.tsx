import { Stepper } from '#ui/parts/Stepper.tsx';

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
