import { data, Form } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/letters.ts';
import { consentLabels, consents, kindLabels, letterKinds, letterTexts as words, purposeLabels, purposes } from '../../labels.ts';
import { letterAddressee } from '../../queries/letter-target.ts';
import { Found } from './found.tsx';

export const handle = definePage({
  id: 'P-04',
  title: words.title,
  crumb: words.title,
  who: ['operations'],
  audit: 'entrance.letterTargetViewed',
  limits: { bodyBytes: 8 * 1024, perMinute: 20 },
});

export const meta = () => [{ title: `${words.title} | MAMIS` }];

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await letterAddressee(contextOf(context), form.input);
  return outcome.ok ? data({ found: outcome.value, values: form.values }) : refusalData(outcome, form.values);
}

function Who() {
  return (
    <Section title="宛先の医師">
      <p className="mb-4">
        医籍登録番号、氏名、生年月日のすべてが登録と一致する医師にだけ印刷できます。照会と印刷は記録され、ご本人に表示されます。
      </p>
      <TextField
        name="licenceNumber"
        label="医籍登録番号"
        required
        width="short"
        hint="第○号の数字の部分"
        inputMode="numeric"
        autoComplete="off"
      />
      <TextField name="surname" label="姓" required width="medium" autoComplete="off" />
      <TextField name="givenName" label="名" required width="medium" autoComplete="off" />
      <DateField name="birthOn" label="生年月日" required plain hint="例:1980/04/01、昭和55年4月1日" />
    </Section>
  );
}

function Why() {
  return (
    <Section title="目的と本人の同意">
      <SelectField
        name="purpose"
        label={words.purpose}
        required
        placeholder="選択してください"
        options={purposes.map((value) => ({ value, label: purposeLabels[value] }))}
      />
      <TextField name="purposeNote" label={words.purposeNote} hint="100文字以内" autoComplete="off" />
      <p className="my-4">本人の依頼による場合は、次の3つも必要です。</p>
      <Checkbox name="consent" label="本人の同意を確認しました" />
      <SelectField
        name="consentHow"
        label={words.consentHow}
        placeholder="選択してください"
        options={consents.map((value) => ({ value, label: consentLabels[value] }))}
      />
      <DateField name="consentOn" label={words.consentOn} plain />
    </Section>
  );
}

/** P-04: letters with login information, to the address of record. Nobody sees or chooses a password on the screen. */
export default function LoginLetters({ actionData }: Route.ComponentProps) {
  if (actionData !== undefined && 'found' in actionData) return <Found found={actionData.found} values={actionData.values} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="mb-4">
        登録されている住所に送付する書状(PDF)を印刷します。パスワードと書状のコードはシステムが作り、書状にだけ印刷されます。
      </p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post" reloadDocument>
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <RadioGroup name="kind" label={words.kind} required options={letterKinds.map((value) => ({ value, label: kindLabels[value] }))} />
          <Who />
          <Why />
        </FormState>
        <Actions>
          <Button variant="primary">照合する</Button>
          <LinkButton to="/operations">TOPに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
