import type { FieldErrors } from '#kernel/refusal.ts';
import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { markLabel, memberMarks } from '../fields.ts';
import { statusOptions } from '../sheet-fields.ts';
import type { MemberChoices } from '../queries/member-choices.ts';
import type { MemberFilter } from '../queries/member-filter.ts';

/** Conditions that are always in sight. */
const common = new Set(['name', 'licence', 'category', 'facility']);

const sexOptions = [
  { value: 'male', label: '男' },
  { value: 'female', label: '女' },
  { value: 'undisclosed', label: '回答しない' },
];
const markOptions = memberMarks.map((mark) => ({ value: mark, label: markLabel(mark) }));

type ChoiceProps = { name: string; label: string; options: readonly { value: string; label: string }[] };

/** A condition out of a list; without anything to choose it is not offered. */
function Choice({ name, label, options }: ChoiceProps) {
  return options.length === 0 ? null : <SelectField name={name} label={label} placeholder="すべて" options={options} />;
}

function WorkFilters({ codes }: Pick<MemberChoices, 'codes'>) {
  return (
    <>
      <Choice name="ownerType" label="開設主体" options={codes.ownerType} />
      <Choice name="work" label="施設・業務" options={codes.work} />
      <Choice name="position" label="役職" options={codes.position} />
      <Choice name="designation" label="指定医" options={codes.designation} />
      <Choice name="department" label="主たる科名" options={codes.department} />
    </>
  );
}

function PersonFilters({ codes }: Pick<MemberChoices, 'codes'>) {
  const number = { width: 'number', inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <>
      <Choice name="sex" label="性別" options={sexOptions} />
      <FromTo>
        <TextField name="ageFrom" label="年齢(から)" {...number} />
        <TextField name="ageTo" label="年齢(まで)" {...number} />
      </FromTo>
      <Choice name="school" label="出身校" options={codes.school} />
      <FromTo>
        <TextField name="graduatedFrom" label="卒業年(から)" hint="西暦" {...number} />
        <TextField name="graduatedTo" label="卒業年(まで)" hint="西暦" {...number} />
      </FromTo>
    </>
  );
}

function MoreFilters({ choices }: { choices: MemberChoices }) {
  return (
    <>
      <Choice name="jmaCategory" label="日医会員区分" options={choices.jmaCategories} />
      {choices.jmaCategories.length === 0 ? null : (
        <Choice
          name="jma"
          label="日医加入"
          options={[
            { value: 'yes', label: 'あり' },
            { value: 'no', label: 'なし' },
          ]}
        />
      )}
      <Choice name="below" label="下層医師会" options={choices.below} />
      <WorkFilters codes={choices.codes} />
      <PersonFilters codes={choices.codes} />
      <FromTo>
        <DateField name="joinedFrom" label="入会日(から)" plain />
        <DateField name="joinedTo" label="入会日(まで)" plain />
      </FromTo>
      <FromTo>
        <DateField name="leftFrom" label="退会日(から)" plain />
        <DateField name="leftTo" label="退会日(まで)" plain />
      </FromTo>
      <Choice name="leftReason" label="退会事由" options={choices.codes['reason.withdrawal']} />
      <div className="col-span-full">
        <CheckboxGroup name="mark" label="状態" options={markOptions} inline hint="複数を選ぶと、すべてに当てはまる方を検索します" />
      </div>
    </>
  );
}

/** この条件を保存: takes what stands in the boxes along, searched for or not. */
function SaveView() {
  return (
    <Button formAction="/office/members/views" variant="text">
      この条件を保存
    </Button>
  );
}

type Props = {
  filter: MemberFilter;
  narrowed: readonly string[];
  choices: MemberChoices;
  values: FormValues;
  errors: FieldErrors | undefined;
};

/** Conditions of 会員情報管理; those that made no sense are named at their fields. */
export function MemberFilters({ filter, narrowed, choices, values, errors }: Props) {
  const rare = narrowed.filter((name) => !common.has(name)).length;
  const wrong = Object.keys(errors ?? {}).filter((name) => !common.has(name) && name !== 'on' && name !== 'knownAt').length;
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel more={<MoreFilters choices={choices} />} moreSet={rare + wrong} keep={['size', 'sort', 'column']} actions={<SaveView />}>
        <TextField name="name" label="氏名/フリガナ" autoComplete="off" />
        <TextField name="licence" label="医籍登録番号" width="medium" inputMode="numeric" autoComplete="off" />
        <DateField name="on" label="基準日" plain />
        <TextField name="knownAt" label="記録の時点" width="medium" autoComplete="off" />
        <SelectField name="status" label="在籍状況" placeholder={null} options={statusOptions} defaultValue={filter.status} />
        <SelectField name="category" label="会員区分" placeholder="すべて" options={choices.categories} />
        <TextField name="facility" label="所属施設" autoComplete="off" />
        <p className="ui-hint col-span-full">
          氏名/フリガナは姓または名の先頭から、所属施設は施設名の先頭から検索します。異体字・全角半角・ひらがなカタカナの違いは区別しません。基準日の空欄は本日です。記録の時点を入力すると、その時点で登録されていた内容で表示します(例:2026/04/01、2026/04/01
          09:00。空欄は現在の記録)。
        </p>
      </FilterPanel>
    </FormState>
  );
}
