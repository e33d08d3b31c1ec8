import { useState } from 'react';
import { Form } from 'react-router';
import type { FieldErrors, Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { ErrorLines } from '#ui/fields/FieldFrame.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState, textOf, useField } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { RawDetails } from '../../schema.ts';
import type { WithdrawalStart } from '../../queries/withdrawal-start.ts';
import { askedHint, RequestsNotice } from './join-parts.tsx';
import { PaperFields } from './paper-fields.tsx';
import { LeaveColumns, MoveChoices } from './withdrawal-columns.tsx';
import { WithdrawalHead, WithdrawalNotes } from './withdrawal-parts.tsx';
import { LeaveButton } from './use-case-root.tsx';

type Props = {
  view: WithdrawalStart;
  guardKey: string;
  refusal: Refusal | undefined;
  /** What was typed, when the form comes back. */
  values: FormValues | undefined;
  /** Faults of a draft that has just been kept. */
  faults: FieldErrors | undefined;
};

function windowHint({ window, ground }: WithdrawalStart): string {
  if (ground === 'death') return '(半角入力) 死亡年月日と異なる場合に変更してください。';
  return window === undefined ? '(半角入力)' : `(半角入力) ${formatDayPlain(window.from)}から${formatDayPlain(window.to)}までの日付`;
}

/** What the draft holds, as the fields take it. */
function valuesOf(details: RawDetails): FormValues {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}

function DateAndReason({ view }: { view: WithdrawalStart }) {
  return (
    <>
      <DateField
        name="wishedOn"
        label="退会希望年月日"
        required
        today={view.today}
        hint={askedHint(view.requests, 'wishedOn', windowHint(view))}
      />
      {view.ground === undefined ? (
        <>
          <RadioGroup name="reason" label="退会事由" required hint={askedHint(view.requests, 'reason')} options={view.reasons} />
          <TextArea name="reasonText" label="具体的な理由" limit={200} hint="退会事由が「その他」の場合は必ず入力してください。" />
        </>
      ) : (
        <p>{`退会事由:${view.ground === 'death' ? '死亡' : 'その他(所在不明)'}`}</p>
      )}
    </>
  );
}

/** A death ends every affiliation: nothing is chosen (`screens.md O-11`). */
function EveryAffiliation({ view }: { view: WithdrawalStart }) {
  const parts = useField({ name: 'leave' });
  return (
    <section id={parts.id} className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'} aria-labelledby="range-title">
      <h2 id="range-title">範囲</h2>
      <ErrorLines parts={parts} />
      <p>すべての所属について、所属ごとに1件の退会届が作成され、それぞれの最も下層の医師会が審査します。</p>
      <ul className="list-disc pl-6">
        {view.columns.map((column) => (
          <li key={column.id}>{`${column.facility}:${column.lines.map((line) => line.name).join('、')}`}</li>
        ))}
      </ul>
    </section>
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
      <LeaveButton id={view.id} personId={view.personId} sent={view.fixed} />
    </Actions>
  );
}

function tickedIn(view: WithdrawalStart): ReadonlySet<number> {
  return new Set(view.columns.flatMap((column) => column.lines.filter((line) => line.ticked).map((line) => line.associationId)));
}

/** Step 1 of 退会届 (`screens.md D-11`). */
export function WithdrawalForm({ view, guardKey, refusal, values, faults }: Props) {
  const [ticked, setTicked] = useState(() => tickedIn(view));
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
      {view.ground === 'death' ? null : <p>退会する医師会を選択してください。</p>}
      <Form method="post" encType="multipart/form-data">
        <DefaultSubmit value="next" />
        {/* Who presses again before the page has caught up sends what the refusal told: what he typed is kept already. */}
        <FormGuard
          idempotencyKey={guardKey}
          version={view.version === undefined ? undefined : Math.max(view.version, Number(textOf(values?.['version']) ?? 0))}
        />
        <FormState errors={wrong?.fields} values={shown}>
          {view.ground === 'death' ? (
            <EveryAffiliation view={view} />
          ) : (
            <>
              <LeaveColumns view={view} ticked={ticked} onTicked={setTicked} />
              <FormState errors={wrong?.fields} values={values}>
                <MoveChoices view={view} ticked={ticked} />
              </FormState>
            </>
          )}
          <Section title="退会の希望">
            <DateAndReason view={view} />
          </Section>
          <Papers view={view} />
        </FormState>
        {view.ground === undefined ? <WithdrawalNotes /> : null}
        <Buttons view={view} />
      </Form>
    </>
  );
}
