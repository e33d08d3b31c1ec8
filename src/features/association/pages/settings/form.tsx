import { Form } from 'react-router';
import type { Layer } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { twoPersonKinds } from '../../schema.ts';
import { twoPersonLabels } from '../../settings-fields.ts';
import type { SettingsValues } from './form-values.ts';
import { MeetingFields } from './meeting-fields.tsx';
import { PaperFields } from './paper-fields.tsx';

type Props = {
  layer: Layer;
  today: Day;
  revision: number;
  idempotencyKey: string;
  /** Changes with every answer that brings days or rows; not with files, which come while somebody goes on typing. */
  answer: string;
  values: SettingsValues;
  errors: FieldErrors | undefined;
  rows: number;
};

const none = { value: 'none', label: '必須としない' };
const prefecture = { value: 'prefecture', label: '都道府県医師会まで必須' };
const all = { value: 'all', label: '日本医師会まで必須' };

function UpperFields({ layer }: { layer: Layer }) {
  if (layer === 1) return <input type="hidden" name="requiredUpperLayers" value="none" />;
  return (
    <>
      <RadioGroup
        name="requiredUpperLayers"
        label="上層医師会への入会"
        required
        options={layer === 2 ? [none, all] : [none, prefecture, all]}
      />
      <RadioGroup
        name="allowUpperOnlyWithdrawal"
        label="上層のみの退会"
        required
        options={[
          { value: 'yes', label: '認める' },
          { value: 'no', label: '認めない' },
        ]}
        inline
      />
      {layer === 2 ? <Checkbox name="directJoin" label="直接入会(郡市区等医師会を経由しない入会)を認める" /> : null}
    </>
  );
}

function TransferFields() {
  return (
    <>
      <RadioGroup
        name="transferOrder"
        label="異動時の退会の順序"
        required
        options={[
          { value: 'parallel', label: '並行' },
          { value: 'leave_first', label: '退会を先に' },
          { value: 'join_first', label: '入会を先に' },
        ]}
        inline
      />
      <RadioGroup
        name="transferWithdrawal"
        label="異動時の退会"
        required
        options={[
          { value: 'automatic', label: '異動届で自動的に処理' },
          { value: 'separate', label: '別に退会届を求める' },
        ]}
      />
    </>
  );
}

function WindowFields({ name, label }: { name: string; label: string }) {
  return (
    <fieldset className="ui-field">
      <legend className="ui-label">{label}</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        <TextField name={`${name}.back`} label="過去(日)" width="number" inputMode="numeric" autoComplete="off" required />
        <TextField name={`${name}.ahead`} label="先(日)" width="number" inputMode="numeric" autoComplete="off" required />
      </div>
    </fieldset>
  );
}

function DateRuleFields({ today }: { today: Day }) {
  return (
    <>
      <WindowFields name="wishWindow" label="希望年月日の範囲" />
      <WindowFields name="decisionWindow" label="承認日付の範囲" />
      <RadioGroup
        name="farFuture"
        label="1年以上先の日付"
        hint="承認日付の範囲のうち、承認する日から1年以上先の日付の扱い"
        required
        options={[
          { value: 'warn', label: '注意を表示する' },
          { value: 'block', label: '入力できない' },
        ]}
        inline
      />
      <RadioGroup
        name="dateRule"
        label="入会日の決め方"
        hint="承認の画面に、日付の候補として表示されます。"
        required
        options={[
          { value: 'wish', label: '希望日' },
          { value: 'boardMeeting', label: '理事会開催日' },
          { value: 'firstOfMonth', label: '翌月1日' },
        ]}
        inline
      />
      <MeetingFields today={today} />
    </>
  );
}

function WorkFields() {
  return (
    <>
      <Checkbox name="autoReceive" label="受付の省略(到達と同時に受付とする)" />
      <TextField name="reminderDays" label="督促の日数" hint="1から30" width="number" inputMode="numeric" autoComplete="off" required />
      <TextField
        name="acknowledgeDays"
        label="確認の自動処理"
        hint="7から90(日)"
        width="number"
        inputMode="numeric"
        autoComplete="off"
        required
      />
      <CheckboxGroup
        name="twoPersonDecision"
        label="2名での承認"
        hint="チェックした届は、2名の担当者の承認で決定します。担当者が1名の事務局では、1名で承認できます。"
        options={twoPersonKinds.map((value) => ({ value, label: twoPersonLabels[value] }))}
      />
      <TextField
        name="exportThreshold"
        label="大きな出力の承認"
        hint="この行数以上のデータ出力には、別の担当者の承認が必要です。"
        width="short"
        inputMode="numeric"
        autoComplete="off"
        required
      />
    </>
  );
}

/** The form of a new version. */
export function SettingsForm({ layer, today, revision, idempotencyKey, answer, values, errors, rows }: Props) {
  return (
    <Form method="post" encType="multipart/form-data" key={answer}>
      <DefaultSubmit value="review" />
      <FormGuard idempotencyKey={idempotencyKey} version={revision} />
      <input type="hidden" name="answer" value={answer} />
      <input type="hidden" name="rows" value={rows} />
      <FormState errors={errors} values={values}>
        <Section title="入会・退会・異動">
          <UpperFields layer={layer} />
          <TransferFields />
        </Section>
        <Section title="日付">
          <DateRuleFields today={today} />
        </Section>
        <Section title="提出書類" id="papers">
          <PaperFields rows={rows} values={values} />
        </Section>
        <Section title="事務局での処理">
          <WorkFields />
        </Section>
        <Section title="適用">
          <DateField name="startsOn" label="適用開始日" required today={today} hint="明日以降の日付" />
          <TextArea name="reason" label="変更の理由" required limit={200} rows={3} />
        </Section>
      </FormState>
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に進む
        </Button>
        <LinkButton to="/office/association-settings">キャンセル</LinkButton>
      </Actions>
    </Form>
  );
}
