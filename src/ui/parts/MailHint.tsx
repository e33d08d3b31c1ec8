import type { ReactNode } from 'react';

type Props = {
  /** Of the sender, as people set it free in their filters. */
  domain: string;
  /** What else helps this reader. */
  children?: ReactNode;
};

/** The hint box of every completion page (`screens.md A-05`): what to do when no mail comes. */
export function MailHint({ domain, children }: Props) {
  return (
    <div className="ui-card">
      <p className="font-bold">&lt;1時間経過しても確認メールが届かない場合&gt;</p>
      <p>・ご入力いただいたメールアドレスに誤りがある可能性があります。もう一度ご入力ください。</p>
      <p>{`・ドメイン指定受信で「${domain}」からのメールを受信できるように設定してください。`}</p>
      {children}
    </div>
  );
}
