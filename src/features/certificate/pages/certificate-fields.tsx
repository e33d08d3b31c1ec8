import { formatDayPlain } from '#kernel/wareki.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { contentCodes, defaultContents } from '../fields.ts';
import { contentLabels, nameFormLabels } from '../labels.ts';
import { certificateTexts as texts } from '../messages.ts';
import type { CertificateStart } from '../queries/start.ts';

/** What doctor and office say alike of a certificate (`screens.md D-13, O-29`). */
export function CertificateFields({ start }: { start: Pick<CertificateStart, 'today' | 'hasFormerName'> }) {
  return (
    <>
      <DateField
        name="baseOn"
        label={texts.baseOn}
        required
        defaultValue={formatDayPlain(start.today)}
        today={start.today}
        hint="この日に会員であることを証明します。本日以前の日付を入力してください。"
      />
      <CheckboxGroup
        name="contents"
        label={texts.contents}
        inline
        options={contentCodes.map((code) => ({ value: code, label: contentLabels[code] }))}
        defaultValue={defaultContents}
      />
      <RadioGroup
        name="nameForm"
        label={texts.nameForm}
        required
        inline
        defaultValue="current"
        options={[
          { value: 'current', label: nameFormLabels.current },
          {
            value: 'former',
            label: nameFormLabels.former,
            disabled: !start.hasFormerName,
            ...(start.hasFormerName ? {} : { note: '登録情報に旧姓がある場合に選択できます。' }),
          },
        ]}
      />
      <TextField
        name="purpose"
        label={texts.purpose}
        width="wide"
        hint="50文字以内。入力すると証明書に記載されます。例:○○病院への提出"
        autoComplete="off"
      />
    </>
  );
}

/** Names of the entries that go from the form by the last look to the command. */
const entries = ['associationId', 'baseOn', 'contents', 'nameForm', 'purpose', 'ground', 'askedOn', 'delivery'];

/** Everything typed, carried on while the paper is looked at. */
export function HiddenEntries({ values }: { values: FormValues }) {
  return entries.flatMap((name) => {
    const value = values[name];
    const list = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return list.map((one) => <input key={`${name} ${one}`} type="hidden" name={name} value={one} />);
  });
}

/** What the form page is asked to do: look at the paper, go back to the entries, or issue. */
export function intentOf(form: ParsedForm): 'review' | 'edit' | 'issue' {
  return form.intent === 'issue' || form.intent === 'edit' ? form.intent : 'review';
}
