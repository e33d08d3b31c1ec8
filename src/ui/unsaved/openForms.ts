import { sameInput, type TypedInput, typedInputOf } from './typedInput.ts';

/** On a form: nothing typed in it counts, and sending it is never questioned. On a control: it is not typing (a list's tick boxes). */
export const OFF = '[data-unsaved="off"]';

/**
 * The forms of this page in which somebody has begun to work, each with what it held before that. Compared with what
 * the page shows at the moment of leaving, so that input typed back is no reason to ask.
 */
export class OpenForms {
  private readonly before = new Map<HTMLFormElement, TypedInput>();
  private readonly sent = new Set<HTMLFormElement>();

  /** Somebody is about to use a control: remembers what its form holds. */
  begin(target: EventTarget | null): void {
    const form = formOf(target);
    if (form && counts(form) && !this.before.has(form)) this.before.set(form, read(form));
  }

  /** Somebody was typing before script ran: what the server sent is what the form held. */
  beginAsSent(target: EventTarget | null): void {
    const form = formOf(target);
    if (form && counts(form)) this.before.set(form, readSent(form));
  }

  /** The form is on its way: what it holds is no longer lost by leaving. */
  send(target: EventTarget | null): void {
    if (!(target instanceof HTMLFormElement) || !counts(target)) return;
    this.before.set(target, read(target));
    this.sent.add(target);
  }

  /** Somebody goes on typing while his form is on its way: that has not been sent. */
  type(target: EventTarget | null): void {
    const form = formOf(target);
    if (form) this.sent.delete(form);
  }

  /** The answer is shown; where the form stands again, it begins anew with what came: the server may have put it in order. */
  answered(): void {
    for (const form of this.sent) if (form.isConnected) this.before.set(form, read(form));
    this.sent.clear();
  }

  /** Another page. */
  forget(): void {
    this.before.clear();
    this.sent.clear();
  }

  /** Forms that hold input which nobody has sent. */
  unsaved(): readonly HTMLFormElement[] {
    return [...this.before].filter(([form, before]) => form.isConnected && !sameInput(before, read(form))).map(([form]) => form);
  }
}

function formOf(target: EventTarget | null): HTMLFormElement | undefined {
  return target instanceof Element ? (target.closest('form') ?? undefined) : undefined;
}

/** Searches (GET) and forms that say so hold nothing that anybody would miss. */
function counts(form: HTMLFormElement): boolean {
  return form.method === 'post' && !form.matches(OFF);
}

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function boxesOf(form: HTMLFormElement): Box[] {
  return [...form.elements].filter(isBox).filter((box) => !box.matches(OFF));
}

function isBox(element: Element): element is Box {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function read(form: HTMLFormElement): TypedInput {
  return typedInputOf(boxesOf(form));
}

function readSent(form: HTMLFormElement): TypedInput {
  return typedInputOf(boxesOf(form).map(asSent));
}

function asSent(box: Box) {
  const { name, type } = box;
  if (box instanceof HTMLSelectElement) {
    const chosen = [...box.options].find((option) => option.defaultSelected) ?? box.options[0];
    return { name, type, value: chosen?.value ?? '' };
  }
  if (box instanceof HTMLTextAreaElement) return { name, type, value: box.defaultValue };
  return { name, type, value: type === 'checkbox' || type === 'radio' ? box.value : box.defaultValue, checked: box.defaultChecked };
}
