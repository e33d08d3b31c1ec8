import { useEffect, useRef } from 'react';
import type { Refusal } from '#kernel/refusal.ts';
import { fieldId } from './formState.tsx';

type Props = {
  /** The refusal of the action; nothing is shown without one. */
  refusal?: Pick<Refusal, 'message' | 'fields' | 'link'> | undefined;
};

/** What is wrong, on top of the form, with a link to each field; takes the focus when it appears. */
export function ErrorSummary({ refusal }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal) box.current?.focus();
  }, [refusal]);
  if (!refusal) return null;
  const lines = Object.entries(refusal.fields ?? {}).flatMap(([name, messages]) => messages.map((message) => ({ name, message })));
  return (
    <div className="ui-summary" ref={box} role="alert" tabIndex={-1} aria-labelledby="error-summary">
      <h2 id="error-summary">{refusal.message}</h2>
      {lines.length === 0 ? null : (
        <ul>
          {lines.map(({ name, message }) => (
            <li key={`${name} ${message}`}>
              <a href={`#${fieldId(name)}`} onClick={focusField}>
                {message}
              </a>
            </li>
          ))}
        </ul>
      )}
      {refusal.link ? <a href={refusal.link.to}>{refusal.link.label}</a> : null}
    </div>
  );
}

/** A fragment link scrolls but leaves the focus; people expect to type at once. */
function focusField(event: React.MouseEvent<HTMLAnchorElement>): void {
  const target = document.querySelector(event.currentTarget.hash);
  if (!(target instanceof HTMLElement)) return;
  target.focus();
  // What cannot take the focus is at least scrolled to.
  if (document.activeElement === target) event.preventDefault();
}
