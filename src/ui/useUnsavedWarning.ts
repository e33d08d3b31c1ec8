import { useEffect, useState } from 'react';
import { type BlockerFunction, useBlocker } from 'react-router';

const question = '入力中の内容が保存されていません。このページを離れますか?';

/**
 * Asks before typed input is lost (script only): `<Form {...useUnsavedWarning()}>`. Sending the form is never questioned;
 * typing after a refused sending counts again.
 */
export function useUnsavedWarning(): { onInput: () => void; onSubmit: () => void } {
  const [unsaved, setUnsaved] = useState(false);
  const block: BlockerFunction = ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname;
  const blocker = useBlocker(block);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    // The browser's own box is read out by every screen reader and needs no focus trap.
    if (window.confirm(question)) blocker.proceed();
    else blocker.reset();
  }, [blocker]);
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
  return { onInput: () => setUnsaved(true), onSubmit: () => setUnsaved(false) };
}
