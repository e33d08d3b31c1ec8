import { Checkbox, CheckboxGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import type { NoticeChoices, Option } from '../../labels.ts';
import { markOptions, sexOptions } from '../../labels.ts';
import { noticeTexts as texts } from '../../messages.ts';
import type { NoticeForm } from '../../queries/office-notice.ts';

/** 条件 of a notice: the filters of 会員情報管理 in their order (`screens.md O-07, O-16`). */

type ChoiceProps = { name: string; label: string; options: readonly Option[] };

/** A condition out of a list; without anything to choose it is not offered. */
function Choice({ name, label, options }: ChoiceProps) {
  return options.length === 0 ? null : <SelectField name={name} label={label} placeholder="指定しない" options={options} />;
}

const inJma: readonly Option[] = [
  { value: 'yes', label: 'あり' },
  { value: 'no', label: 'なし' },
];

const number = { width: 'number', inputMode: 'numeric', autoComplete: 'off' } as const;

function Membership({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <Choice name="jmaCategories" label="日医会員区分" options={choices.jmaCategories} />
      {choices.jmaCategories.length === 0 ? null : <Choice name="jma" label="日医加入" options={inJma} />}
      <Choice name="lower" label={texts.lower} options={choices.lower} />
    </>
  );
}

function Work({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <TextField name="facility" label={texts.facility} hint="施設名の先頭から" autoComplete="off" />
      <Choice name="owners" label="開設主体" options={choices.owners} />
      <Choice name="works" label="施設・業務" options={choices.works} />
      <Choice name="positions" label="役職" options={choices.positions} />
      <Choice name="designations" label="指定医" options={choices.designations} />
      <Choice name="departments" label="主たる科名" options={choices.departments} />
    </>
  );
}

function Person({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <Choice name="sex" label="性別" options={sexOptions} />
      <FromTo>
        <TextField name="ageFrom" label={texts.ageFrom} hint="歳以上" {...number} />
        <TextField name="ageTo" label={texts.ageTo} hint="歳以下" {...number} />
      </FromTo>
      <Choice name="schools" label="出身校" options={choices.schools} />
      <FromTo>
        <TextField name="graduatedFrom" label={texts.graduatedFrom} hint="西暦" {...number} />
        <TextField name="graduatedTo" label={texts.graduatedTo} hint="西暦" {...number} />
      </FromTo>
    </>
  );
}

function Days({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <FromTo>
        <DateField name="joinedFrom" label={texts.joinedFrom} plain />
        <DateField name="joinedTo" label={texts.joinedTo} plain />
      </FromTo>
      <Checkbox name="leaving" label="退会予定の会員だけ" hint="退会日が決まっている、在籍中の会員です。" />
      <FromTo>
        <DateField name="leftFrom" label={texts.leftFrom} plain />
        <DateField name="leftTo" label={texts.leftTo} plain />
      </FromTo>
      <Choice name="leftReasons" label="退会事由" options={choices.leftReasons} />
    </>
  );
}

/** Folded unless the target is 「条件」. */
export function ConditionFields({ form: { choices, selected }, open }: { form: NoticeForm; open: boolean }) {
  return (
    <details open={open} className="my-4">
      <summary className="min-h-11 cursor-pointer py-2 font-bold">条件(対象で「条件」を選んだときに指定します)</summary>
      <p>指定した項目のすべてに、読む日に当てはまる会員が対象になります。項目の意味は会員情報管理の検索条件と同じです。</p>
      {selected === undefined ? null : (
        <Checkbox
          name="selection"
          value={selected.id}
          label={`会員一覧で選択した会員(${selected.members.toLocaleString('ja-JP')}名)だけ`}
          hint="掲載中に退会した会員は、対象から外れます。"
        />
      )}
      <CheckboxGroup name="categories" label="会員区分" options={choices.memberCategories} inline />
      <div className="ui-filter-fields">
        <TextField name="name" label={texts.name} hint="姓または名の先頭から" autoComplete="off" />
        <TextField name="licence" label={texts.licence} width="medium" inputMode="numeric" autoComplete="off" />
        <Membership choices={choices} />
        <Work choices={choices} />
        <Person choices={choices} />
        <Days choices={choices} />
      </div>
      <CheckboxGroup name="marks" label="状態" options={markOptions} inline hint="複数を選ぶと、すべてに当てはまる方が対象になります。" />
    </details>
  );
}
