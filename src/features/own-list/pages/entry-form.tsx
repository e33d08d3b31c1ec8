import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { statusOf } from '#kernel/refusal.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import type { ListTab } from '../schema.ts';

/** The frame of the forms of the four lists (`screens.md O-20`). */

export const home = '/office/mailings-and-categories';
export const listOf = (tab: ListTab): string => (tab === 'mailings' ? home : `${home}?tab=${tab}`);

type Props = {
  tab: ListTab;
  title: string;
  isNew: boolean;
  idempotencyKey: string;
  version: number;
  values: FormValues;
  answer: { refusal: Refusal; values: FormValues } | undefined;
  children: ReactNode;
  /** A further button: 終了する, 削除する. */
  more?: { intent: string; label: string } | undefined;
};

/** The version that the form saw; after a conflict the present one, so that the next press is possible. */
function seenVersion({ answer, version }: Pick<Props, 'answer' | 'version'>): number {
  const typed = answer === undefined || statusOf(answer.refusal) === 409 ? undefined : answer.values['version'];
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : version;
}

/** Heading, errors, fields and buttons. */
export function EntryForm(props: Props) {
  const { tab, title, isNew, idempotencyKey, answer, values, children, more } = props;
  const version = seenVersion(props);
  return (
    <>
      <h1>{title}</h1>
      <ErrorSummary refusal={answer?.refusal} />
      <Form method="post" key={version}>
        <DefaultSubmit value="save" />
        <FormGuard idempotencyKey={idempotencyKey} version={version} />
        <FormState errors={answer?.refusal.fields} values={answer?.values ?? values}>
          {children}
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="save">
            {isNew ? '登録する' : '保存する'}
          </Button>
          {more === undefined ? null : (
            <Button variant="danger" name="intent" value={more.intent}>
              {more.label}
            </Button>
          )}
          <LinkButton to={listOf(tab)}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
