import { Checkbox } from '#ui/fields/Choices.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import type { Ending } from '../../queries/office-ending.ts';

/** 修正が必要な項目: one tick and one comment per field, beside what the field says now. */
export function FieldRequests({ fields }: { fields: Ending['fields'] }) {
  if (fields.length === 0) return null;
  return (
    <fieldset className="ui-field">
      <legend className="ui-label">修正が必要な項目</legend>
      <p className="ui-hint">チェックを入れた項目が、申請者の画面で修正の対象として示されます。コメントは200文字以内です。</p>
      {fields.map((field, place) => (
        <div className="grid gap-x-6 border-t border-solid-gray-420 pt-2 md:grid-cols-2" key={field.code}>
          <Checkbox
            name={`picks.${place}`}
            label={
              <>
                {field.label}
                <span className="ui-choice-note">{field.lines.length === 0 ? '－' : field.lines.join(' ')}</span>
              </>
            }
          />
          <TextField
            name={`comments.${place}`}
            label={
              <>
                <span className="sr-only">{`${field.label}の`}</span>コメント
              </>
            }
            width="wide"
            autoComplete="off"
          />
        </div>
      ))}
    </fieldset>
  );
}
