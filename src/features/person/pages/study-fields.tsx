import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import { textsOf, useField } from '#ui/fields/formState.tsx';
import { SearchField } from '#ui/fields/SearchField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { ProfileOptions } from '../queries/profile-options.ts';

/** 診療科, 学歴, 所属学会 of the profile (`screens.md A-07`). */

type Option = { value: string; label: string };

/** What the server found or knows beside what was typed. */
export type ProfileExtras = {
  school: Option | undefined;
  schoolHits: readonly Option[] | undefined;
  societies: readonly string[];
  societyHits: readonly Option[] | undefined;
};

export function DepartmentFields({ options }: { options: ProfileOptions }) {
  // What was chosen before, and what is wrong with it, is in sight.
  const { value, invalid } = useField({ name: 'departments' });
  const open = invalid === true || textsOf(value).length > 0;
  return (
    <Section title="診療科">
      <SelectField name="mainDepartment" label="診療科名:主たる科名" required options={options.mainDepartments} />
      <details className="mb-6" open={open}>
        <summary>診療科名:担当する科名を選択する(任意)</summary>
        <CheckboxGroup
          name="departments"
          label="診療科名:担当する科名"
          hint="主たる科名以外の担当する診療科名を選択してください"
          options={options.departments}
          inline
        />
      </details>
    </Section>
  );
}

export function SchoolFields({ extras }: { extras: ProfileExtras }) {
  return (
    <Section title="学歴">
      <p className="mb-4">
        <span className="ui-required">必須</span> 出身校は、次のどちらかで入力してください。
      </p>
      <SearchField
        key={`school-${extras.school?.value ?? ''}`}
        name="schoolCode"
        label="出身校"
        hint="(部分一致)大学名の一部を入力してください"
        suggestUrl="/suggest/profile/schools"
        chosen={extras.school}
        hits={extras.schoolHits}
      />
      {extras.schoolHits?.length === 0 ? <p>該当する大学が見つかりません。下の欄に大学名を入力してください。</p> : null}
      <TextField name="schoolText" label="上欄に登録がない出身校の場合は、大学名を入力してください" hint="全角20文字以内" />
      <TextField name="graduatedOn" label="卒業年月" required width="medium" hint="例:2010/03、平成22年3月" inputMode="text" />
      <TextField name="degreeText" label="学位(大学・大学院名)" hint="例:○○大学 医学部大学院(30文字以内)" />
      <TextField name="degreeOn" label="学位取得年月(博士号)" width="medium" hint="例:2018/03" />
      <TextField
        name="trainingEndsOn"
        label="臨床研修修了(予定)年月"
        width="medium"
        hint="卒業から6年以内の方は入力してください。会員区分の変更時期をお知らせするために使用します"
      />
    </Section>
  );
}

function Chosen({ societies }: { societies: readonly string[] }) {
  if (societies.length === 0) return null;
  return (
    <CheckboxGroup
      name="societies"
      label="選択した学会"
      hint="取り消すときは、チェックを外してください"
      options={societies.map((label) => ({ value: label, label }))}
      defaultValue={societies}
    />
  );
}

export function SocietyFields({ extras }: { extras: ProfileExtras }) {
  return (
    <Section title="所属学会">
      <Chosen societies={extras.societies} />
      <SearchField
        key={`society-${extras.societies.length}`}
        name="society"
        label="日本医学会分科会等の名称"
        hint="(部分一致)学会名の一部を入力し、候補から選んで「追加する」を押してください"
        suggestUrl="/suggest/profile/societies"
        hits={extras.societyHits}
      />
      <div className="mb-6">
        <Button name="intent" value="addSociety" formNoValidate>
          追加する
        </Button>
      </div>
      <TextArea
        name="societyTexts"
        label="上欄に登録がない所属学会は、以下に入力してください"
        hint="1行に1つ、全角20文字以内"
        limit={2000}
      />
    </Section>
  );
}
