import { useState } from 'react';
import { Form } from 'react-router';
import type { FieldErrors, Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { RawDetails } from '../../schema.ts';
import type { WithdrawalStart } from '../../queries/withdrawal-start.ts';
import { askedHint, RequestsNotice } from './join-parts.tsx';
import { PaperFields } from './paper-fields.tsx';
import { LeaveColumns, MoveChoices } from './withdrawal-columns.tsx';
import { WithdrawalHead, WithdrawalNotes } from './withdrawal-parts.tsx';

type Props = {
  view: WithdrawalStart;
  guardKey: string;
  refusal: Refusal | undefined;
  /** What was typed, when the form comes back. */
  values: FormValues | undefined;
  /** Faults of a draft that has just been kept. */
  faults: FieldErrors | undefined;
};

function windowHint({ window }: WithdrawalStart): string {
  return window === undefined ? '(半角入力)' : `(半角入力) ${formatDayPlain(window.from)}から${formatDayPlain(window.to)}までの日付`;
}

/** What the draft holds, as the fields take it. */
function valuesOf(details: RawDetails): FormValues {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}

function DateAndReason({ view }: { view: WithdrawalStart }) {
  return (
    <>
      <DateField name="wishedOn" label="退会希望年月日" required hint={askedHint(view.requests, 'wishedOn', windowHint(view))} />
      <RadioGroup name="reason" label="退会事由" required hint={askedHint(view.requests, 'reason')} options={view.reasons} />
      <TextArea name="reasonText" label="具体的な理由" limit={200} hint="退会事由が「その他」の場合は必ず入力してください。" />
    </>
  );
}

function Papers({ view }: { view: WithdrawalStart }) {
  if (view.id === undefined) return <p>書類の提出が必要な医師会を退会する場合は、次に進むと提出書類の欄が表示されます。</p>;
  return <PaperFields id={view.id} papers={view.papers} requests={view.requests} />;
}

function Buttons({ view }: { view: WithdrawalStart }) {
  return (
    <Actions>
      <Button variant="primary" name="intent" value="next">
        確認画面に進む
      </Button>
      <Button name="intent" value="save">
        一時保存する
      </Button>
      <LinkButton to={view.fixed ? `/my/applications/${view.id ?? ''}` : '/my'}>
        {view.fixed ? '申請の詳細に戻る' : 'マイページTOPへ戻る'}
      </LinkButton>
    </Actions>
  );
}

function tickedIn(view: WithdrawalStart): ReadonlySet<number> {
  return new Set(view.columns.flatMap((column) => column.lines.filter((line) => line.ticked).map((line) => line.associationId)));
}

/** Step 1 of 退会届 (`screens.md D-11`). */
export function WithdrawalForm({ view, guardKey, refusal, values, faults }: Props) {
  const [ticked, setTicked] = useState(() => tickedIn(view));
  const unsaved = useUnsavedWarning();
  const shown =
    values === undefined && view.id === undefined && Object.keys(view.details).length === 0
      ? undefined
      : (values ?? valuesOf(view.details));
  const wrong: Refusal | undefined =
    refusal ??
    (faults === undefined
      ? undefined
      : { code: 'invalid', message: '入力内容に誤りがあります。次の項目をご確認ください。', fields: faults });
  return (
    <>
      <WithdrawalHead current={1} returned={view.fixed} />
      <RequestsNotice id={view.id ?? ''} requests={view.requests} />
      <ErrorSummary refusal={wrong} />
      <p>退会する医師会を選択してください。</p>
      <Form method="post" encType="multipart/form-data" {...unsaved}>
        <DefaultSubmit value="next" />
        <FormGuard idempotencyKey={guardKey} version={view.version} />
        <FormState errors={wrong?.fields} values={shown}>
          <LeaveColumns view={view} ticked={ticked} onTicked={setTicked} />
          <FormState errors={wrong?.fields} values={values}>
            <MoveChoices view={view} ticked={ticked} />
          </FormState>
          <Section title="退会の希望">
            <DateAndReason view={view} />
          </Section>
          <Papers view={view} />
        </FormState>
        <WithdrawalNotes />
        <Buttons view={view} />
      </Form>
    </>
  );
}
