import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import type { MoveStart } from '../../queries/move-start.ts';
import { FormHead, RequestsNotice } from './join-parts.tsx';
import { NoGroup, summaryOfMove } from './move-parts.tsx';
import { LeaveButton } from './use-case-root.tsx';

/** The frame of step 1 of both 異動届: head, requests, errors, the form with its buttons. */

export type MoveAnswer = { refusal: Refusal; values: FormValues } | undefined;

type Props = {
  kind: 'change' | 'transfer';
  start: MoveStart & { key: string };
  answer: MoveAnswer;
  /** How the summary of errors calls the cards. */
  groupName: string;
  /** The word on the button to the next page. */
  nextWord: string;
  /** Above the form. */
  intro?: ReactNode;
  children: ReactNode;
};

const pagesAfter = { change: 2, transfer: 3 } as const;

export function MoveFrame({ kind, start, answer, groupName, nextWord, intro, children }: Props) {
  return (
    <>
      <FormHead kind={kind} fromEnd={pagesAfter[kind]} returned={start.returned} />
      <RequestsNotice id={start.id ?? ''} requests={start.requests} />
      <ErrorSummary refusal={summaryOfMove(answer?.refusal, groupName)} />
      {start.groups.length === 0 ? (
        <NoGroup />
      ) : (
        <>
          {intro}
          <Form method="post">
            <DefaultSubmit value="next" />
            <FormGuard idempotencyKey={start.key} version={start.version} />
            <FormState errors={answer?.refusal.fields} values={answer?.values}>
              {children}
            </FormState>
            <Actions>
              <Button variant="primary" name="intent" value="next">
                {nextWord}
              </Button>
              {start.returned ? null : (
                <Button name="intent" value="save">
                  一時保存する
                </Button>
              )}
              <LeaveButton id={start.id} personId={start.personId} sent={start.returned} />
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}
