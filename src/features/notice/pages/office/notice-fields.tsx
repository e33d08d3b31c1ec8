import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FilesField } from '#ui/fields/FilesField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { noticeTexts as texts } from '../../messages.ts';
import type { NoticeChoices } from '../../labels.ts';
import type { NoticeForm } from '../../queries/office-notice.ts';
import { bodyLimit, mostFiles } from '../../schema.ts';
import { ConditionFields } from './condition-fields.tsx';

const unset = '指定しない';

function Words({ choices }: { choices: NoticeChoices }) {
  return (
    <>
      <TextField name="title" label={texts.title} required width="wide" hint="80文字以内" autoComplete="off" />
      <SelectField name="category1" label={texts.category1} required placeholder="選択してください" options={choices.categories} />
      <SelectField name="category2" label={texts.category2} placeholder={unset} options={choices.categories} />
      <TextArea name="lead" label={texts.lead} limit={200} rows={2} hint="本文の前と案内メールに表示する、短い説明です。" />
      <TextArea
        name="body"
        label={texts.body}
        required
        limit={bodyLimit}
        rows={14}
        hint="行の初めに「# 」で見出し、「## 」で小見出し、「- 」で箇条書き、「1. 」で番号になります。リンクは [表示する文字](https://…) または https://… と入力してください。"
      />
    </>
  );
}

function Attachments({ files }: { files: NoticeForm['files'] }) {
  return (
    <>
      {files.length === 0 ? null : (
        <CheckboxGroup
          name="removed"
          label="添付済みのファイル(外すものにチェックを入れてください)"
          options={files.map(({ id, name }) => ({ value: id, label: `${name} を外す` }))}
        />
      )}
      <FilesField name="files" label={texts.files} most={mostFiles} />
    </>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour}時` }));

/** The entries of O-16; what they begin with comes from the form's state. */
export function NoticeFields({ form, condition }: { form: NoticeForm /** 条件 stands open. */; condition: boolean }) {
  return (
    <>
      <Words choices={form.choices} />
      <Attachments files={form.files} />
      <RadioGroup name="target" label={texts.target} required options={form.choices.targets} />
      <ConditionFields form={form} open={condition} />
      <DateField name="startsOn" label={texts.startsOn} required today={form.today} />
      <DateField name="endsOn" label={texts.endsOn} today={form.today} hint="空欄のときは、「終了する」まで掲載します。" />
      <Checkbox name="important" label="重要(読まれるまで一番上に表示します)" />
      <Checkbox name="byMail" label="メールで送信する" hint="掲載期間の初日に、その時点の対象者へ1通ずつ送信します。" />
      <SelectField name="mailHour" label={texts.mailHour} placeholder={null} options={hours} defaultValue="9" />
    </>
  );
}
