import type { InputHTMLAttributes } from 'react';
import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, textOf, useField } from './formState.tsx';

/** `number`: of a few digits, right-aligned. */
export type TextWidth = 'number' | 'short' | 'medium' | 'normal' | 'wide';

export type TextFieldProps = FieldProps & {
  defaultValue?: string | undefined;
  width?: TextWidth;
} & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'inputMode' | 'autoComplete' | 'maxLength' | 'readOnly' | 'disabled' | 'spellCheck' | 'lang'
  >;

export const widthClass: Record<TextWidth, string> = {
  number: 'ui-input ui-input-number',
  short: 'ui-input ui-input-short',
  medium: 'ui-input ui-input-medium',
  normal: 'ui-input',
  wide: 'ui-input ui-input-wide',
};

/** One line of text. `maxLength` counts UTF-16 units: leave it out where the rule counts characters. */
export function TextField({ name, label, required, hint, error, defaultValue, width = 'normal', ...input }: TextFieldProps) {
  const field = { name, label, required, hint, error };
  const parts = useField(field);
  return (
    <FieldFrame field={field} parts={parts}>
      <input
        type="text"
        {...input}
        className={widthClass[width]}
        id={parts.id}
        name={name}
        defaultValue={textOf(parts.value) ?? defaultValue}
        aria-required={required}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
      />
    </FieldFrame>
  );
}
