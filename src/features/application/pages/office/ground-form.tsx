import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorLines, RequiredMark } from '#ui/fields/FieldFrame.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState, useField } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { ProxyFacts } from '../../proxy-facts.ts';
import { learnedWays, proxyNames, searchWays } from '../../proxy-messages.ts';

/** Step 0 of a proxy application (`screens.md O-10`), and what O-11 asks instead. */

export type GroundView = { why: ProxyFacts['why']; today: Day; grounds: readonly { value: string; label: string }[] };

function Request({ view }: { view: GroundView }) {
  return (
    <>
      <SelectField name="ground" label={proxyNames.ground} required options={view.grounds} />
      <DateField name="askedOn" label={proxyNames.askedOn} required today={view.today} />
      <TextField
        name="askedHow"
        label={proxyNames.askedHow}
        required
        hint="100文字以内。例:ご本人(電話03-0000-0000へ折り返して確認)"
        autoComplete="off"
      />
      <Checkbox name="agreed" label="本人が個人情報の取扱いに同意しています" required />
    </>
  );
}

function Death({ view }: { view: GroundView }) {
  return (
    <>
      <DateField name="diedOn" label={proxyNames.diedOn} required today={view.today} />
      <SelectField
        name="learned"
        label={proxyNames.learned}
        required
        options={Object.entries(learnedWays).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="learnedText"
        label={proxyNames.learnedText}
        hint="「その他」の場合は必ず入力してください。100文字以内"
        autoComplete="off"
      />
      <TextField name="reporterName" label={proxyNames.reporterName} hint="40文字以内" autoComplete="off" />
      <TextField name="reporterRelation" label={proxyNames.reporterRelation} width="medium" hint="20文字以内" autoComplete="off" />
      <TextField name="reporterTel" label={proxyNames.reporterTel} width="medium" inputMode="tel" autoComplete="off" />
    </>
  );
}

function Searches() {
  const parts = useField({ name: 'searches' });
  return (
    <fieldset id={parts.id} className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'} aria-describedby={parts.describedBy}>
      <legend className="ui-label">
        {proxyNames.searches}
        <RequiredMark />
      </legend>
      <p className="ui-hint">確認した方法ごとに、日付と結果を入力してください。1つ以上必要です。</p>
      <ErrorLines parts={parts} />
      {searchWays.map(({ code, label }) => (
        <div className="grid gap-x-6 md:grid-cols-[12rem_1fr]" key={code}>
          <DateField name={`searches.${code}.on`} label={`${label} 確認した日`} plain />
          <TextField name={`searches.${code}.result`} label={`${label} 結果`} hint="100文字以内" autoComplete="off" />
        </div>
      ))}
    </fieldset>
  );
}

function Missing({ view }: { view: GroundView }) {
  return (
    <>
      <DateField name="lastContactOn" label={proxyNames.lastContactOn} required today={view.today} />
      <Searches />
      <TextArea name="reason" label={proxyNames.reason} required limit={500} />
    </>
  );
}

/** The kept ground as the fields take it. */
export function groundValues(facts: ProxyFacts): FormValues {
  switch (facts.why) {
    case 'request':
      return { ground: facts.ground, askedOn: formatDayPlain(facts.askedOn), askedHow: facts.askedHow, agreed: '1' };
    case 'death': {
      const { diedOn, learned, learnedText, reporterName, reporterRelation, reporterTel } = facts;
      return { diedOn: formatDayPlain(diedOn), learned, learnedText, reporterName, reporterRelation, reporterTel };
    }
    case 'missing':
      return {
        lastContactOn: formatDayPlain(facts.lastContactOn),
        reason: facts.reason,
        ...Object.fromEntries(
          facts.searches.flatMap(({ way, on, result }) => [
            [`searches.${way}.on`, formatDayPlain(on)],
            [`searches.${way}.result`, result],
          ]),
        ),
      };
  }
}

type Props = {
  view: GroundView;
  guardKey: string;
  version: number | undefined;
  refusal: Refusal | undefined;
  values: FormValues | undefined;
  backTo: string;
};

export function GroundForm({ view, guardKey, version, refusal, values, backTo }: Props) {
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={guardKey} version={version} />
        <input type="hidden" name="why" value={view.why} />
        <FormState errors={refusal?.fields} values={values}>
          <Section title="代理申請の根拠">
            {view.why === 'request' ? <Request view={view} /> : view.why === 'death' ? <Death view={view} /> : <Missing view={view} />}
          </Section>
        </FormState>
        <Actions>
          <Button variant="primary">届の入力に進む</Button>
          <LinkButton to={backTo}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
