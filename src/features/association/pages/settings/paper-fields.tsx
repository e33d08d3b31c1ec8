import { Checkbox } from '#ui/fields/Choices.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { paperKinds } from '../../schema.ts';
import { paperKindLabels } from '../../settings-fields.ts';

const kinds = paperKinds.map((value) => ({ value, label: paperKindLabels[value] }));

function PaperRow({ place }: { place: number }) {
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
    </fieldset>
  );
}

/** 提出書類 per kind; a row without a name is not there. */
export function PaperFields({ rows }: { rows: number }) {
  return (
    <>
      <p>名称を空にした行は登録されません。「医師免許証」「履歴書・経歴書」は、ほかの医師会と共通の書類として一度だけ提出されます。</p>
      {Array.from({ length: rows }, (_, place) => (
        <PaperRow key={`paper-${place + 1}`} place={place} />
      ))}
      <Button name="intent" value="addPaper" size="small">
        提出書類の欄を追加する
      </Button>
    </>
  );
}
