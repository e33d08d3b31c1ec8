import { Form } from 'react-router';
import { Button } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { OwnMailChange } from '../queries/own-account.ts';

type Props = { changes: readonly OwnMailChange[] /** The page of the address, which answers the buttons. */; to: string };

const said = {
  sent: {
    title: (mail: string) => `${mail} の確認を待っています。`,
    text: (until: string) =>
      `このメールアドレスに送信した確認メールのURLを、${until}までに開いてください。それまでは、これまでのメールアドレスが使われます。`,
    again: '確認メールを再送する',
  },
  confirmed: {
    title: (mail: string) => `${mail} への変更を待っています。`,
    text: (until: string) => `これまでのメールアドレスに届いたメールで同意するとすぐに、同意がない場合は${until}に変更されます。`,
    again: '同意を求めるメールを再送する',
  },
} as const;

/** New addresses that do not hold yet, and what may be done with them (D-05): the mail once more, or the way back. */
export function MailChanges({ changes, to }: Props) {
  return changes.map(({ stage, mail, until }) => (
    <div className="mb-4 break-words" key={stage}>
      <Notice title={said[stage].title(mail)}>
        <p>{said[stage].text(until)}</p>
        <Form className="mt-2 flex flex-wrap gap-3" method="post" action={to} reloadDocument>
          <Button size="small" name="intent" value={stage === 'sent' ? 'againNew' : 'againOld'}>
            {said[stage].again}
          </Button>
          <Button size="small" name="intent" value="takeBack">
            変更を取り消す
          </Button>
        </Form>
      </Notice>
    </div>
  ));
}
