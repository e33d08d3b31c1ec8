import { useCallback, useEffect, useId, useRef } from 'react';
import { type BlockerFunction, useBlocker, useLocation, useNavigation } from 'react-router';
import { Actions, Button } from '../parts/Button.tsx';
import { staysOnPage, wouldLose } from './leaving.ts';
import { OFF, OpenForms } from './openForms.ts';

const forms = new OpenForms();
/** The person has agreed to leave, or what was pressed does not leave; until the next use of the page. */
let unasked = false;
/** A form is being sent in this very moment. */
let sending = false;

/** For pages that must go whatever was typed: the end of a session. */
export function leaveUnasked(): void {
  unasked = true;
}

/**
 * Asks before typed input is lost (`screens.md 1.5`), for every form of every page: rendered once, by the root. Script
 * only. Sending a form is never questioned; a form is left alone with `data-unsaved="off"`, and one whose content
 * changes with `?…` of the address says `data-unsaved="address"`.
 */
export function UnsavedGuard() {
  useFormWatch();
  const block = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) => !unasked && !sending && wouldLose(currentLocation, nextLocation, forms.unsaved()),
    [],
  );
  const blocker = useBlocker(block);
  if (blocker.state !== 'blocked') return null;
  return <Question onLeave={blocker.proceed} onStay={blocker.reset} />;
}

function use(event: Event): void {
  unasked = false;
  forms.begin(event.target);
  if (event.type === 'beforeinput') forms.type(event.target);
}

function send(event: Event): void {
  forms.send(event.target);
  if (event.target instanceof Element && event.target.matches(OFF)) unasked = true;
  sending = true;
  setTimeout(() => {
    sending = false;
  });
}

function press(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link && staysOnPage({ ...at(link), download: link.hasAttribute('download') })) unasked = true;
}

function at({ protocol, pathname, target }: HTMLAnchorElement) {
  return { protocol, pathname, target };
}

/** Of the browser, where the whole document goes: it knows only its own words. */
function warn(event: BeforeUnloadEvent): void {
  if (!unasked && forms.unsaved().length > 0) event.preventDefault();
}

const uses = ['focusin', 'pointerdown', 'keydown', 'beforeinput', 'dragenter'] as const;

function useFormWatch(): void {
  const { pathname } = useLocation();
  const { state } = useNavigation();
  useEffect(() => {
    forms.beginAsSent(document.activeElement);
    for (const name of uses) document.addEventListener(name, use, true);
    document.addEventListener('submit', send, true);
    document.addEventListener('click', press, true);
    window.addEventListener('beforeunload', warn);
    return () => {
      for (const name of uses) document.removeEventListener(name, use, true);
      document.removeEventListener('submit', send, true);
      document.removeEventListener('click', press, true);
      window.removeEventListener('beforeunload', warn);
    };
  }, []);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    forms.forget();
    unasked = false;
  }, [pathname]);
  useEffect(() => {
    if (state === 'idle') forms.answered();
  }, [state]);
}

function Question({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const textId = useId();
  useEffect(() => {
    // A dialog of the page may be open already; this one stands above it.
    dialog.current?.showModal();
    stay.current?.focus();
  }, []);
  const leave = () => {
    unasked = true;
    onLeave();
  };
  return (
    // Escape closes it, which is とどまる; closing gives the focus back to what was pressed.
    <dialog className="ui-ask" ref={dialog} aria-labelledby={textId} onClose={onStay}>
      <p id={textId}>入力中の内容が保存されていません。このページを離れますか?</p>
      <Actions>
        <Button type="button" onClick={leave}>
          離れる
        </Button>
        <Button type="button" variant="primary" ref={stay} onClick={() => dialog.current?.close()}>
          とどまる
        </Button>
      </Actions>
    </dialog>
  );
}
