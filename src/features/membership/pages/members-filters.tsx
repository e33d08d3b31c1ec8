import type { FieldErrors } from '#kernel/refusal.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import type { MemberFilter } from '../queries/member-filter.ts';
import type { MemberList } from '../queries/members.ts';

const statuses = [
  { value: 'current', label: '在籍' },
  { value: 'left', label: '退会' },
  { value: 'joining', label: '入会予定' },
  { value: 'leaving', label: '退会予定' },
  { value: 'all', label: 'すべて' },
];

/** True when anything narrows the list. */
export function isFiltered(filter: MemberFilter): boolean {
  return (
    filter.name !== '' ||
    filter.licence !== '' ||
    filter.facility !== '' ||
    filter.category !== undefined ||
    filter.status !== 'all' ||
    filter.on !== undefined
  );
}

/** Conditions of 会員情報管理; those that made no sense are named at their fields. */
export function MemberFilters({ list, values, errors }: { list: MemberList; values: FormValues; errors: FieldErrors | undefined }) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size', 'sort']}>
        <TextField name="name" label="氏名/フリガナ" autoComplete="off" />
        <TextField name="licence" label="医籍登録番号" width="medium" inputMode="numeric" autoComplete="off" />
        <DateField name="on" label="基準日" plain />
        <SelectField name="status" label="在籍状況" placeholder={null} options={statuses} defaultValue={list.filter.status} />
        <SelectField name="category" label="会員区分" placeholder="すべて" options={list.categories} />
        <TextField name="facility" label="所属施設" autoComplete="off" />
        <p className="ui-hint col-span-full">
          氏名/フリガナは姓または名の先頭から、所属施設は施設名の先頭から検索します。基準日の空欄は本日です。
        </p>
      </FilterPanel>
    </FormState>
  );
}
