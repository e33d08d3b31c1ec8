import type { ReactNode } from 'react';
import { lastOfMonth, parseDay } from '#kernel/day.ts';
import { feePeriodOf, feeWaiver } from '#kernel/fee-period.ts';
import { formatDay, formatWareki, parseDayInput } from '#kernel/wareki.ts';
import { isYearMonth } from '#kernel/year-month.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { Stepper } from '#ui/parts/Stepper.tsx';
import { fieldId } from '#ui/fields/formState.tsx';
import type { ShownChoice } from '../../fields.ts';
import { paperName } from '../../labels.ts';
import type { FeeFacts } from '../../queries/join-draft.ts';
import type { FieldRequest, Requests } from '../../queries/join-requests.ts';
import { useCaseRoot } from './use-case-root.tsx';

/** What the three steps of 入会届 have in common. */

type Kind = 'join' | 'change' | 'transfer';

const firstSteps: Readonly<Record<Kind, readonly string[]>> = {
  join: ['医師会選択'],
  change: ['異動事由・会員区分'],
  transfer: ['異動元', '異動先'],
};

/** The steps of a form, named; the last two are the same everywhere. */
export function stepsOf(kind: Kind, returned = false): string[] {
  return [...firstSteps[kind], '入力', returned ? '確認・再申請' : '確認・申請'];
}

/** Title and steps; `fromEnd` counts the steps that follow: 0 at 確認・申請. */
export function FormHead({ kind, fromEnd, returned = false }: { kind: Kind; fromEnd: number; returned?: boolean }) {
  const steps = stepsOf(kind, returned);
  return (
    <>
      <h1>{`${paperName(kind)}${returned ? 'の修正' : ''}`}</h1>
      <Stepper steps={steps} current={steps.length - fromEnd} />
    </>
  );
}

export function JoinHead({ current, returned = false }: { current: 1 | 2 | 3; returned?: boolean }) {
  return <FormHead kind="join" fromEnd={3 - current} returned={returned} />;
}

/** Where a field of the form stands: its page and place. */
export function fieldTo(caseAddress: string, field: { code: string; page: FieldRequest['page'] }): string {
  return `${caseAddress}/${field.page}#${fieldId(field.code)}`;
}

/** The hint of a field with what the office asked for, in words before everything else. */
export function askedHint(requests: Requests | undefined, code: string, hint?: ReactNode): ReactNode {
  const asked = requests?.fields.filter((field) => field.code === code) ?? [];
  if (asked.length === 0) return hint;
  return (
    <>
      {asked.map((field) => (
        <span className="block py-1 text-solid-gray-900" key={field.comment}>
          <StateLabel tone="warn">修正をお願いします</StateLabel> {field.comment}
        </span>
      ))}
      {hint}
    </>
  );
}

/** What is to be corrected, on top of the form; links lead to the fields, also on the other page. */
export function RequestsNotice({ id, requests }: { id: string; requests: Requests | undefined }) {
  if (requests === undefined) return null;
  return (
    <Notice tone="warn" title={`${requests.officeName}から修正のお願いがあります(${requests.at})`}>
      <RequestList id={id} requests={requests} />
    </Notice>
  );
}

export function RequestList({ id, requests }: { id: string; requests: Requests }) {
  const root = useCaseRoot();
  return (
    <>
      {requests.reasons.length === 0 ? null : <p>{`理由:${requests.reasons.join('、')}`}</p>}
      <p className="whitespace-pre-wrap">{requests.message}</p>
      {requests.fields.length === 0 ? null : (
        <ul className="list-disc pl-6">
          {requests.fields.map((field) => (
            <li key={`${field.code} ${field.comment}`}>
              <a href={fieldTo(`${root}/${id}`, field)}>{field.label}</a>
              {field.comment === '' ? null : `:${field.comment}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function endOfTraining(text: string | null) {
  const first = text === null ? undefined : parseDay(`${text}-01`);
  return first === undefined ? undefined : lastOfMonth(first);
}

/** What becomes of the membership of 日本医師会 by the paper: it begins, it goes on, or the paper does not concern it. */
function jmaOf(choices: readonly ShownChoice[]): 'begins' | 'goesOn' | 'none' {
  const jma = choices.find((choice) => choice.layer === 1);
  return jma === undefined ? 'none' : jma.before === undefined ? 'begins' : 'goesOn';
}

type FeeNoteProps = { wishedOn: string; fee: FeeFacts | undefined; choices: readonly ShownChoice[] };

/** 期 and fee waiver on the day wished for, in plain words; nothing until a day can be read. The waiver is that of 日本医師会. */
export function FeeNote({ wishedOn, fee, choices }: FeeNoteProps) {
  const day = parseDayInput(wishedOn);
  if (day === undefined || fee === undefined) return null;
  const waiver = feeWaiver({
    graduatedOn: isYearMonth(fee.graduatedOn) ? fee.graduatedOn : undefined,
    trainingEndsOn: endOfTraining(fee.trainingEndsOn),
    isTrainee: fee.isTrainee,
    on: day,
  });
  const jma = jmaOf(choices);
  const on = `${formatDay(day)}(${formatWareki(day)})`;
  return (
    <p className="mb-6">
      {jma === 'begins'
        ? `${on}に入会した場合、日本医師会の会費は${feePeriodOf(day).label}からになります。`
        : `${on}は、会費の${feePeriodOf(day).label}にあたります。`}
      {waiver.waived && jma !== 'none' ? `この日は、${waiver.reason}。` : null}
    </p>
  );
}
