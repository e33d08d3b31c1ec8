import { Link, useLocation } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { areSeveralFiles, labelSheetLabel, labelSheets, labelsInFile, mostLabels } from '../fields.ts';
import { encodingLabel, mailingLabel } from '../labels.ts';
import { exportTexts } from '../messages.ts';
import type { NewExport } from '../queries/new-export.ts';

/** The fields of a new export below 目的 (`screens.md O-23`): those of a file, and those of 宛名ラベル alone. */

type FileProps = { form: NewExport /** Changes when the columns of the purpose are ticked anew. */; preset: string };

function Columns({ form, preset }: FileProps) {
  const sensitive = form.columns.filter((column) => column.sensitive).map((column) => column.label);
  const whole = form.preset?.whole;
  return (
    <>
      {form.byPurpose === undefined ? null : (
        <p className="mb-4">
          <Button name="intent" value="preset" size="small">
            目的に合わせて項目を選び直す
          </Button>
        </p>
      )}
      <CheckboxGroup
        key={`columns-${preset}`}
        name="columns"
        label="項目"
        required
        inline
        options={form.columns}
        defaultValue={form.columns
          .filter((column) => whole !== undefined || (!column.sensitive && !column.spare))
          .map((column) => column.value)}
      />
      {sensitive.length === 0 ? null : (
        <TextField
          name="sensitiveReason"
          label={exportTexts.sensitiveReason}
          defaultValue={whole?.sensitiveReason}
          width="wide"
          hint={`${sensitive.join('、')}を選ぶときに入力してください。200文字以内`}
          autoComplete="off"
        />
      )}
    </>
  );
}

function Days({ form }: { form: NewExport }) {
  return (
    <>
      <DateField name="baseOn" label="基準日" required defaultValue={formatDayPlain(form.baseOn)} today={form.today} />
      <DateField name="deleteBy" label="削除予定日" required defaultValue={formatDayPlain(form.deleteBy)} today={form.today} />
    </>
  );
}

/** 送付物 and 用紙 of the labels. */
function LabelChoices({ mailings }: { mailings: NonNullable<NewExport['mailings']> }) {
  return (
    <>
      <SelectField
        name="mailing"
        label={exportTexts.mailing}
        placeholder={mailingLabel('')}
        options={mailings}
        hint="送付物を選ぶと、送付物ごとに会員が選んだ送付先で作成し、「送付不要」の会員を除きます。"
      />
      <RadioGroup
        name="labelSheet"
        label={exportTexts.labelSheet}
        defaultValue={labelSheets[0]}
        options={labelSheets.map((sheet) => ({ value: sheet, label: labelSheetLabel(sheet) }))}
      />
    </>
  );
}

/** 形式 and what belongs to it. */
export function FileFields({ form, preset }: FileProps) {
  return (
    <>
      <Columns form={form} preset={preset} />
      <RadioGroup
        name="encoding"
        label="形式"
        required
        defaultValue="utf8"
        options={[
          { value: 'utf8', label: encodingLabel('utf8') },
          { value: 'cp932', label: encodingLabel('cp932'), note: '氏名などに使われる文字の一部は変換できません。' },
          { value: 'xlsx', label: encodingLabel('xlsx') },
          ...(form.mailings === undefined
            ? []
            : [{ value: 'label', label: encodingLabel('label'), note: '項目にかかわらず、郵便番号、住所、宛名を印刷します。' }]),
        ]}
      />
      {form.mailings === undefined ? null : (
        <fieldset>
          <legend className="ui-label mb-4">宛名ラベル(PDF)のとき</legend>
          <LabelChoices mailings={form.mailings} />
        </fieldset>
      )}
      <RadioGroup
        name="unmappedWay"
        label="Shift_JISに変換できない文字があるとき"
        defaultValue="refuse"
        options={[
          { value: 'refuse', label: '出力しない', note: '変換できない文字の一覧を示します。' },
          { value: 'substitute', label: '代替文字(〓)で出力する', note: '置き換えた文字の一覧を記録します。' },
        ]}
      />
      <Checkbox name="numbered" label="1行目に出力番号を付ける" defaultChecked hint="他のシステムに取り込むときは外してください。" />
      <Days form={form} />
    </>
  );
}

/** What 宛名ラベル prints and leaves out; the other formats are one link away. */
export function LabelNote({ form }: { form: NewExport }) {
  const { search } = useLocation();
  const others = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => name !== 'format'));
  return (
    <div className="mb-6">
      <p>
        文書送付先の住所と宛名をA4のラベル用紙に印刷します。逝去された方、送付不要の方、住所の登録がない方は除き、その人数を記録します。
      </p>
      {form.orMore ? <Notice tone="warn" title={exportTexts.tooManyLabels(mostLabels)} /> : null}
      {areSeveralFiles(form.count) && !form.orMore ? <p>{exportTexts.severalFiles(labelsInFile)}</p> : null}
      <p>
        <Link className="inline-flex min-h-11 items-center" to={`/office/exports/new?${others.toString()}`}>
          CSV・Excelで出力する
        </Link>
      </p>
    </div>
  );
}

/** Only what 宛名ラベル needs. */
export function LabelFields({ form }: { form: NewExport }) {
  return (
    <>
      <input type="hidden" name="encoding" value="label" />
      <LabelChoices mailings={form.mailings ?? []} />
      <Checkbox name="numbered" label="用紙の余白に出力番号を印刷する" defaultChecked hint="ラベルの外側の余白に小さく印刷します。" />
      <Days form={form} />
    </>
  );
}
