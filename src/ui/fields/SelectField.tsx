import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, textOf, useField } from './formState.tsx';
import type { Option } from './option.ts';

type Props = FieldProps & {
  options: readonly Option[];
  defaultValue?: string | undefined;
  /** The empty choice on top; null leaves it out. */
  placeholder?: string | null;
  disabled?: boolean;
  onChange?: (value: string) => void;
};

/** One choice of a short list, as a native select. */
export function SelectField(props: Props) {
  const parts = useField(props);
  const placeholder = props.placeholder === undefined ? '選択してください' : props.placeholder;
  const { onChange } = props;
  return (
    <FieldFrame field={props} parts={parts}>
      <select
        className="ui-input"
        id={parts.id}
        name={props.name}
        defaultValue={textOf(parts.value) ?? props.defaultValue ?? ''}
        disabled={props.disabled}
        aria-required={props.required}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
        onChange={onChange ? (event) => onChange(event.currentTarget.value) : undefined}
      >
        {placeholder === null ? null : <option value="">{placeholder}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
