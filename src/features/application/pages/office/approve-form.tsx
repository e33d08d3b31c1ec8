import { useRef } from 'react';
import { Form, useLocation } from 'react-router';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatDay, formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState, textOf } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { dateNames } from '../../date-rules.ts';
import { factLabels } from '../../messages.ts';
import type { Decision } from '../../queries/office-decision.ts';
import { caseTo } from './list-links.ts';

type Props = {
  decision: Decision;
  idempotencyKey: string;
  /** Changes with every answer of the server, which may bring another day. */
  answer: string | undefined;
  errors: FieldErrors | undefined;
  values: FormValues | undefined;
  /** Asks for findings and effects of what is typed now (script only). */
  onLook: (typed: { decidedOn: string; categoryId: string }) => void;
  onSend: () => void;
};

/** Days to take over with one press; without script the page comes back with the day filled in. */
function Shortcuts({ shortcuts }: Pick<Decision, 'shortcuts'>) {
  return (
    <div className="mb-4 flex flex-wrap gap-2" role="group" aria-label="日付の候補">
      {shortcuts.map(({ label, on }) => (
        <Button key={on} size="small" name="intent" value={`date:${on}`} formNoValidate>
          {`${label} ${formatDayPlain(on)}`}
        </Button>
      ))}
    </div>
  );
}

const tones = { block: 'error', warn: 'warn', note: 'info' } as const;

/** What must be said about the day, before anybody presses (`screens.md O-06`). */
function Findings({ decision }: { decision: Decision }) {
  const { findings, decidedOn } = decision;
  const warns = findings.some(({ level }) => level === 'warn');
  return (
    <div aria-live="polite">
      {(['block', 'warn', 'note'] as const).map((level) => {
        const texts = findings.filter((finding) => finding.level === level);
        if (texts.length === 0) return null;
        return (
          <Notice key={level} tone={tones[level]} title={`${dateNames[decision.summary.own.leg]} ${formatDay(decidedOn)} について`}>
            <ul className="list-disc pl-6">
              {texts.map(({ code, text }) => (
                <li key={`${code} ${text}`}>{text}</li>
              ))}
            </ul>
          </Notice>
        );
      })}
      {warns ? <Checkbox name="confirmed" label="内容を確認しました" required key={decidedOn} /> : null}
      <input type="hidden" name="confirmedFor" value={decidedOn} />
    </div>
  );
}

type DayProps = {
  decision: Decision;
  day: string;
  answer: string | undefined;
  onChange: (changed: { decidedOn?: string; categoryId?: string }) => void;
};

/** Where the two days of a transfer do not join: the applicant's reason, or one of the office's own. */
function GapReason({ decision }: { decision: Decision }) {
  const apart = decision.findings.some(({ code }) => code === 'gap');
  if (!apart && decision.gapReason === '') return null;
  const given = decision.gapReason === '' ? '' : `申請者の理由:${decision.gapReason}。変わる場合に入力してください。`;
  return (
    <TextField
      name="gapReason"
      label={factLabels.gapReason}
      required={apart && decision.gapReason === ''}
      hint={`${given}200文字以内`}
      width="wide"
      autoComplete="off"
    />
  );
}

/** 入会日, 退会日 or 異動日 with its shortcuts, and 会員区分 as applied unless changed. */
function DayAndCategory({ decision, day, answer, onChange }: DayProps) {
  return (
    <>
      {/* A day taken over from a button arrives with the answer; the box must begin anew with it. */}
      <DateField
        key={answer}
        name="decidedOn"
        label={dateNames[decision.summary.own.leg]}
        required
        defaultValue={day}
        today={decision.today}
        onValue={(text) => {
          if (parseDayInput(text)) onChange({ decidedOn: text });
        }}
      />
      <Shortcuts shortcuts={decision.shortcuts} />
      {decision.summary.own.leg === 'leave' ? null : (
        <SelectField
          name="categoryId"
          label="会員区分"
          required
          options={decision.categories}
          defaultValue={decision.categoryId === undefined ? '' : String(decision.categoryId)}
          onChange={(value) => onChange({ categoryId: value })}
        />
      )}
    </>
  );
}

/** What the form says now, with the newest change over it: state of the box may be a step behind. */
function typedIn(form: HTMLFormElement | null): { decidedOn: string; categoryId: string } {
  const typed = form === null ? undefined : new FormData(form);
  const now = (name: string) => {
    const value = typed?.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { decidedOn: now('decidedOn'), categoryId: now('categoryId') };
}

/** The form of 承認: nothing typed is lost, whatever the answer. */
export function ApproveForm({ decision, idempotencyKey, answer, errors, values, onLook, onSend }: Props) {
  const { summary, licenceChecked } = decision;
  const { search } = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const day = textOf(values?.['decidedOn']) ?? formatDayPlain(decision.proposedOn);
  return (
    <Form method="post" ref={form} onSubmit={onSend}>
      <DefaultSubmit value="check" />
      <FormGuard idempotencyKey={idempotencyKey} version={summary.version} />
      <FormState errors={errors} values={values}>
        <DayAndCategory
          decision={decision}
          day={day}
          answer={answer}
          onChange={(changed) => onLook({ ...typedIn(form.current), ...changed })}
        />
        <Findings decision={decision} />
        <GapReason decision={decision} />
        <TextField name="boardNote" label="理事会名・議事番号" hint="50文字以内" autoComplete="off" defaultValue={summary.own.boardNote} />
        <TextArea
          name="message"
          label="審査時連絡メッセージ"
          limit={1000}
          hint="申請者と、この申請に関わるすべての医師会に表示されます。"
        />
        {licenceChecked ? null : <Checkbox name="licenceSeen" label="医師免許証を確認しました" />}
      </FormState>
      <Actions>
        <Button variant="primary" name="intent" value="approve">
          承認する
        </Button>
        <Button name="intent" value="check">
          内容を確認する
        </Button>
        <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
      </Actions>
    </Form>
  );
}
