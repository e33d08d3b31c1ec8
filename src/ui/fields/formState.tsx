import { createContext, type ReactNode, useContext } from 'react';
import type { FieldErrors } from '#kernel/refusal.ts';

/** What was typed, per field name; several for check boxes. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A word beside the labels of some fields, e.g. 「移行データ」. */
type FieldMarks = { names: readonly string[]; text: string };

type State = { errors: FieldErrors; values: FormValues | undefined; marks: FieldMarks | undefined };

const FormContext = createContext<State>({ errors: {}, values: undefined, marks: undefined });

/** Gives every field inside its message and its value by name, so that nothing typed is lost and nothing is passed twice. */
export function FormState(props: {
  errors?: FieldErrors | undefined;
  values?: FormValues | undefined;
  marks?: FieldMarks | undefined;
  children: ReactNode;
}) {
  return <FormContext value={{ errors: props.errors ?? {}, values: props.values, marks: props.marks }}>{props.children}</FormContext>;
}

/** What every field takes. `error` and `defaultValue` win over those of the surrounding FormState. */
export type FieldProps = {
  name: string;
  label: ReactNode;
  /** Shows 必須; the check itself is the server's, so that its polite message is seen in every browser. */
  required?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
};

export type FieldParts = {
  id: string;
  hintId: string;
  errorId: string;
  messages: readonly string[];
  value: string | readonly string[] | undefined;
  /** True when the form comes back filled in: then a box without a value was left unticked. */
  returned: boolean;
  /** For the control: ids of hint and error, in reading order. */
  describedBy: string | undefined;
  invalid: true | undefined;
  /** A word beside the label. */
  mark: string | undefined;
};

/** The id of a field's (first) control: where the error summary leads. */
export function fieldId(name: string): string {
  return `f-${name.replaceAll(/[^\w-]/g, '_')}`;
}

/** Ids, value and messages of one control from the form around it. */
export function useField(props: Pick<FieldProps, 'name' | 'hint' | 'error'>, extraId?: string): FieldParts {
  const { errors, values, marks } = useContext(FormContext);
  const id = fieldId(props.name);
  const messages = props.error === undefined ? (errors[props.name] ?? []) : [props.error];
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const ids = [props.hint ? hintId : undefined, messages.length > 0 ? errorId : undefined, extraId];
  const describedBy = ids.filter((one) => one !== undefined).join(' ');
  return {
    id,
    hintId,
    errorId,
    messages,
    value: values?.[props.name],
    returned: values !== undefined,
    describedBy: describedBy === '' ? undefined : describedBy,
    invalid: messages.length > 0 ? true : undefined,
    mark: marks?.names.includes(props.name) === true ? marks.text : undefined,
  };
}

/** One text out of a value that may hold several. */
export function textOf(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return value[0];
}

/** All texts of a value that may hold one. */
export function textsOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
