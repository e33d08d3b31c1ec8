import { useEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';

const keys = [
  ['j', '次の行へ'],
  ['k', '前の行へ'],
  ['x', '行を選択・解除'],
  ['Enter', '行の詳細を開く'],
  ['n', '次の申請へ(詳細画面)'],
  ['p', '前の申請へ(詳細画面)'],
  ['?', 'この一覧を表示'],
] as const;

const STORED = 'mamis-shortcuts';

/**
 * Keys for clerks who live in a list: j/k move over rows of a DataTable, x ticks, Enter opens; n/p press the links with
 * `data-nav="next"` / `"prev"`; ? shows them. Can be switched off (WCAG 2.1.4); never works inside a text box.
 */
export function OfficeShortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(true);
  useEffect(() => setOn(localStorage.getItem(STORED) !== 'off'), []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (typing(event)) return;
      if (event.key === '?') dialog.current?.showModal();
      else if (on) act(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on]);
  const change = (next: boolean) => {
    setOn(next);
    localStorage.setItem(STORED, next ? 'on' : 'off');
  };
  return (
    <>
      <span className="ui-js ui-no-print">
        <Button type="button" variant="text" onClick={() => dialog.current?.showModal()}>
          キー操作(?)
        </Button>
      </span>
      <dialog className="ui-keys" ref={dialog} aria-labelledby="shortcut-title">
        <h2 id="shortcut-title">キー操作</h2>
        <dl className="my-4">
          {keys.map(([key, text]) => (
            <div className="flex items-center gap-4 py-1" key={key}>
              <dt className="w-20">
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <label className="ui-choice">
          <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
          <span>キー操作を使う</span>
        </label>
        <Button type="button" onClick={() => dialog.current?.close()}>
          閉じる
        </Button>
      </dialog>
    </>
  );
}

function typing(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const box = target.closest('input:not([type="checkbox"]), textarea, select, dialog, [contenteditable]');
  return box !== null;
}

function act(event: KeyboardEvent): void {
  const rows = [...document.querySelectorAll<HTMLElement>('tr[data-row]')];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === 'j') focusRow(rows[Math.min(here + 1, rows.length - 1)]);
  else if (event.key === 'k') focusRow(rows[Math.max(here - 1, 0)]);
  else if (event.key === 'x') rows[here]?.querySelector<HTMLElement>('input[data-select]')?.click();
  else if (event.key === 'Enter' && document.activeElement === rows[here]) {
    rows[here]?.querySelector<HTMLElement>('a[data-row-link]')?.click();
  } else if (event.key === 'n') document.querySelector<HTMLElement>('a[data-nav="next"]')?.click();
  else if (event.key === 'p') document.querySelector<HTMLElement>('a[data-nav="prev"]')?.click();
  else return;
  event.preventDefault();
}

function focusRow(row: HTMLElement | undefined): void {
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}
