import type { ReactNode } from 'react';
import type { FieldParts, FieldProps } from './formState.tsx';

type Props = { field: FieldProps; parts: FieldParts; children: ReactNode };

/** 必須 beside a label. */
export function RequiredMark() {
  return <span className="ui-required">必須</span>;
}

/** A word that the form puts beside some labels. */
function Mark({ parts }: { parts: FieldParts }) {
  return parts.mark === undefined ? null : <span className="ui-state ui-state-neutral ml-2">{parts.mark}</span>;
}

/** The messages of one field, tied to its control by id. */
export function ErrorLines({ parts }: { parts: FieldParts }) {
  if (parts.messages.length === 0) return null;
  return (
    <div id={parts.errorId}>
      {parts.messages.map((message) => (
        <p className="ui-error" key={message}>
          {message}
        </p>
      ))}
    </div>
  );
}

function Hint({ field, parts }: Omit<Props, 'children'>) {
  if (!field.hint) return null;
  return (
    <div className="ui-hint" id={parts.hintId}>
      {field.hint}
    </div>
  );
}

/** Label, hint and error around one control. */
export function FieldFrame({ field, parts, children }: Props) {
  return (
    <div className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'}>
      <label className="ui-label" htmlFor={parts.id}>
        {field.label}
        {field.required ? <RequiredMark /> : null}
        <Mark parts={parts} />
      </label>
      <Hint field={field} parts={parts} />
      <ErrorLines parts={parts} />
      {children}
    </div>
  );
}

/** Legend, hint and error around several controls that are one question. */
export function GroupFrame({ field, parts, children }: Props) {
  return (
    <fieldset className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'} aria-describedby={parts.describedBy}>
      <legend className="ui-label">
        {field.label}
        {field.required ? <RequiredMark /> : null}
        <Mark parts={parts} />
      </legend>
      <Hint field={field} parts={parts} />
      <ErrorLines parts={parts} />
      {children}
    </fieldset>
  );
}
