import type { ReactNode } from 'react';
import { ErrorLines, GroupFrame, RequiredMark } from './FieldFrame.tsx';
import { type FieldProps, type FieldParts, textOf, textsOf, useField } from './formState.tsx';
import type { Option } from './option.ts';

type GroupProps = FieldProps & { options: readonly Option[]; inline?: boolean };

/** One of several, all in sight. */
export function RadioGroup(props: GroupProps & { defaultValue?: string | undefined }) {
  const parts = useField(props);
  const chosen = textOf(parts.value) ?? props.defaultValue;
  return (
    <GroupFrame field={props} parts={parts}>
      <Choices {...props} type="radio" parts={parts} chosen={chosen === undefined ? [] : [chosen]} />
    </GroupFrame>
  );
}

/** Any of several; posts one value per tick under the same name. */
export function CheckboxGroup(props: GroupProps & { defaultValue?: readonly string[] | undefined; children?: ReactNode }) {
  const parts = useField(props);
  const chosen = parts.returned ? textsOf(parts.value) : (props.defaultValue ?? []);
  return (
    <GroupFrame field={props} parts={parts}>
      <Choices {...props} type="checkbox" parts={parts} chosen={chosen} />
      {props.children}
    </GroupFrame>
  );
}

function Choices(props: GroupProps & { type: 'radio' | 'checkbox'; parts: FieldParts; chosen: readonly string[] }) {
  const { name, options, parts, chosen, type } = props;
  return (
    <div className={props.inline ? 'ui-choices-inline' : undefined}>
      {options.map((option, index) => (
        <label className="ui-choice" key={option.value}>
          <input
            type={type}
            id={index === 0 ? parts.id : undefined}
            name={name}
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            disabled={option.disabled}
            aria-invalid={parts.invalid}
          />
          <span>
            {option.label}
            {option.note ? <span className="ui-choice-note">{option.note}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}

/** A single tick, e.g. 「内容を確認しました」; posts `value` (default "1") when ticked. */
export function Checkbox(props: FieldProps & { value?: string; defaultChecked?: boolean | undefined; disabled?: boolean }) {
  const parts = useField(props);
  const value = props.value ?? '1';
  const checked = parts.returned ? textsOf(parts.value).includes(value) : props.defaultChecked;
  return (
    <div className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'}>
      <ErrorLines parts={parts} />
      <label className="ui-choice">
        <input
          type="checkbox"
          id={parts.id}
          name={props.name}
          value={value}
          defaultChecked={checked}
          disabled={props.disabled}
          aria-invalid={parts.invalid}
          aria-describedby={parts.describedBy}
        />
        <span>
          {props.label} {props.required ? <RequiredMark /> : null}
        </span>
      </label>
      {props.hint ? (
        <div className="ui-hint" id={parts.hintId}>
          {props.hint}
        </div>
      ) : null}
    </div>
  );
}
