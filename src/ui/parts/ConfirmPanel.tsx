import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { Actions, Button, LinkButton } from './Button.tsx';

type Props = {
  /** What will happen, e.g. 「この一時保存を削除します。よろしいですか?」 */
  question: ReactNode;
  /** The word of the action itself, e.g. 「削除する」. */
  confirm: string;
  cancelTo: string;
  cancel?: string;
  danger?: boolean;
  /** FormGuard and other hidden fields, further inputs. */
  children?: ReactNode;
};

/** Asks once more, as a page of its own that works without script. */
export function ConfirmPanel(props: Props) {
  return (
    <Form method="post" className="ui-confirm">
      <p className="font-bold">{props.question}</p>
      {props.children}
      <Actions>
        <Button variant={props.danger ? 'danger' : 'primary'}>{props.confirm}</Button>
        <LinkButton to={props.cancelTo}>{props.cancel ?? 'キャンセル'}</LinkButton>
      </Actions>
    </Form>
  );
}
