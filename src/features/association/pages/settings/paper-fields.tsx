import { Checkbox } from '#ui/fields/Choices.tsx';
import { FileField } from '#ui/fields/FileField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { paperKinds } from '../../schema.ts';
import { paperKindLabels } from '../../settings-fields.ts';
import type { SettingsValues } from './form-values.ts';
import { formOfRow } from './form-values.ts';

const kinds = paperKinds.map((value) => ({ value, label: paperKindLabels[value] }));

function BlankForm({ name, form }: { name: string; form: ReturnType<typeof formOfRow> }) {
  const files = form === undefined ? [] : [{ ...form, state: 'accepted' as const, previewTo: `/paper-forms/${form.id}` }];
  return (
    <>
      {form === undefined ? null : (
        <>
          <input type="hidden" name={`${name}.formId`} value={form.id} />
          <input type="hidden" name={`${name}.formName`} value={form.name} />
        </>
      )}
      <FileField name={`${name}.form`} label="様式" hint="任意。申請する人がダウンロードして記入できます。" maxFiles={1} files={files} />
    </>
  );
}

function PaperRow({ place, form }: { place: number; form: ReturnType<typeof formOfRow> }) {
  const name = `requiredDocuments.${place}`;
  return (
    <fieldset className="ui-field">
      <legend className="ui-label">{`提出書類${place + 1}`}</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        <SelectField name={`${name}.kind`} label="種別" options={kinds} />
        <TextField name={`${name}.title`} label="名称" hint="40文字以内" autoComplete="off" />
        <TextField name={`${name}.note`} label="説明" hint="100文字以内" autoComplete="off" />
        <Checkbox name={`${name}.required`} label="必須とする" />
      </div>
      <BlankForm name={name} form={form} />
    </fieldset>
  );
}

/** 提出書類 per kind; a row without a name is not there. */
export function PaperFields({ rows, values }: { rows: number; values: SettingsValues }) {
  return (
    <>
      <p>名称を空にした行は登録されません。「医師免許証」「履歴書・経歴書」は、ほかの医師会と共通の書類として一度だけ提出されます。</p>
      {Array.from({ length: rows }, (_, place) => (
        <PaperRow key={`paper-${place + 1}`} place={place} form={formOfRow(values, place)} />
      ))}
      <Button name="intent" value="addPaper" size="small">
        提出書類の欄を追加する
      </Button>
    </>
  );
}
