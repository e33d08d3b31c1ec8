import type { FieldErrors } from '#kernel/refusal.ts';
import { Checkbox, CheckboxGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { stateLabel } from '../../labels.ts';
import type { Inbox } from '../../queries/inbox.ts';
import { assigneeWords } from '../../sheet-fields.ts';
import type { InboxFilter } from '../../queries/inbox-filter.ts';

const kindOptions = [
  { value: 'join', label: '入会' },
  { value: 'transfer', label: '異動' },
  { value: 'change', label: '異動(変更)' },
  { value: 'withdrawal', label: '退会' },
];

const stateOptions = [
  { value: 'arrived', label: '受付待ち' },
  { value: 'received', label: '受付' },
  { value: 'acknowledge', label: '確認待ち' },
  ...(['submitted', 'returned', 'completed', 'rejected', 'retracted', 'cancelled'] as const).map((state) => ({
    value: state,
    label: stateLabel(state, 'office'),
  })),
];

function rareOnes(filter: InboxFilter): boolean[] {
  return [
    filter.state.length > 0,
    filter.resubmitted,
    filter.facility !== '',
    filter.memberCategory !== undefined,
    filter.proxy,
    filter.from !== undefined,
    filter.to !== undefined,
    filter.wishedFrom !== undefined,
    filter.wishedTo !== undefined,
    filter.association !== undefined,
  ];
}

/** True when anything narrows the list besides its tab. */
export function isFiltered(filter: InboxFilter): boolean {
  const common = [
    filter.number !== '',
    filter.licence !== '',
    filter.name !== '',
    filter.kind.length > 0,
    filter.attention,
    filter.late,
    filter.assignee !== '',
  ];
  return [...common, ...rareOnes(filter)].some(Boolean);
}

function MoreFilters({ list }: { list: Inbox }) {
  return (
    <>
      <CheckboxGroup name="state" label="状況" options={stateOptions} inline />
      <FromTo>
        <DateField name="from" label="申請日(から)" plain />
        <DateField name="to" label="申請日(まで)" plain />
      </FromTo>
      <FromTo>
        <DateField name="wishedFrom" label="希望日(から)" plain />
        <DateField name="wishedTo" label="希望日(まで)" plain />
      </FromTo>
      {list.below.length === 0 ? null : (
        <SelectField
          name="association"
          label="対象医師会"
          placeholder="すべて"
          options={list.below.map((row) => ({ value: String(row.id), label: row.label }))}
        />
      )}
      <TextField name="facility" label="所属施設" hint="施設名の一部" autoComplete="off" />
      <SelectField
        name="memberCategory"
        label="会員区分"
        placeholder="すべて"
        options={list.categories.map((row) => ({ value: String(row.id), label: row.label }))}
      />
      <Checkbox name="proxy" label="代理のみ" />
      <Checkbox name="resubmitted" label="差戻しへの再申請のみ" />
    </>
  );
}

/** この条件を保存: takes what stands in the boxes along, searched for or not. */
function SaveView() {
  return (
    <Button formAction="/office/applications/views" variant="text">
      この条件を保存
    </Button>
  );
}

/** Conditions of 申請管理; those that made no sense are named at their fields. */
export function InboxFilters({ list, values, errors }: { list: Inbox; values: FormValues; errors: FieldErrors | undefined }) {
  const rare = rareOnes(list.filter).filter(Boolean).length;
  const wrong = Object.keys(errors ?? {}).length;
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel more={<MoreFilters list={list} />} moreSet={rare + wrong} keep={['tab', 'size', 'sort', 'notes']} actions={<SaveView />}>
        <TextField name="number" label="受付番号" width="medium" autoComplete="off" />
        <TextField name="licence" label="医籍登録番号" width="medium" inputMode="numeric" autoComplete="off" />
        <TextField name="name" label="氏名/フリガナ" autoComplete="off" />
        <CheckboxGroup name="kind" label="種別" options={kindOptions} inline />
        <SelectField
          name="assignee"
          label="担当者"
          placeholder="全員"
          options={[
            { value: 'me', label: assigneeWords.me },
            { value: 'nobody', label: assigneeWords.nobody },
          ]}
        />
        <Checkbox name="attention" label="要注意のみ" />
        <Checkbox name="late" label={`${list.lateDays}日以上経過のみ`} />
        <p className="ui-hint col-span-full">氏名/フリガナは姓または名の先頭から検索します。</p>
      </FilterPanel>
    </FormState>
  );
}
