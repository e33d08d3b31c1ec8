import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, useField } from './formState.tsx';

/** One CSV file that is sent together with the text of the form (`encType="multipart/form-data"`). */
export function SheetField(props: FieldProps) {
  const parts = useField(props);
  return (
    <FieldFrame field={props} parts={parts}>
      <input
        type="file"
        id={parts.id}
        name={props.name}
        accept=".csv,text/csv"
        aria-describedby={parts.describedBy}
        aria-invalid={parts.invalid}
      />
    </FieldFrame>
  );
}
