/** What a control of a form shows; every control of the browser fits. */
export type Control = {
  name: string;
  type: string;
  value: string;
  /** Of tick boxes and radio buttons. */
  checked?: boolean;
  /** Of boxes for files. */
  files?: ArrayLike<{ name: string; size: number }> | null;
};

/** What a form holds, per name in the order of the page; ids, keys and versions in hidden boxes are nobody's typing. */
export type TypedInput = ReadonlyMap<string, readonly string[]>;

const notTyped = new Set(['hidden', 'submit', 'button', 'image', 'reset', 'output', 'fieldset']);

/** Reads the controls of a form; empty boxes and boxes left unticked count as nothing. */
export function typedInputOf(controls: Iterable<Control>): TypedInput {
  const typed = new Map<string, string[]>();
  for (const control of controls) {
    if (control.name === '' || notTyped.has(control.type)) continue;
    const texts = textsOf(control);
    if (texts.length > 0) typed.set(control.name, [...(typed.get(control.name) ?? []), ...texts]);
  }
  return typed;
}

function textsOf(control: Control): readonly string[] {
  if (control.type === 'checkbox' || control.type === 'radio') return control.checked === true ? [`=${control.value}`] : [];
  if (control.type === 'file') return Array.from(control.files ?? [], ({ name, size }) => `${name} ${size}`);
  return control.value === '' ? [] : [control.value];
}

/** True when nothing of it would be lost: the same texts under the same names. */
export function sameInput(one: TypedInput, other: TypedInput): boolean {
  if (one.size !== other.size) return false;
  for (const [name, texts] of one) {
    const others = other.get(name);
    if (others?.length !== texts.length || texts.some((text, at) => text !== others[at])) return false;
  }
  return true;
}
