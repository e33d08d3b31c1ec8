import { useEffect, useRef, useState } from 'react';
import { useNavigation } from 'react-router';
import type { PendingFile } from './useUploads.ts';

/**
 * The box of a file field, and the files that are on their way with the whole form. Until its answer is there they stay in
 * the box: a second file, chosen in this or another field meanwhile, sends the form again, and only the last answer counts.
 * Then the box is empty for the next.
 */
export function useFileBox() {
  const { state } = useNavigation();
  const box = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<readonly PendingFile[]>([]);
  const waiting = useRef(false);
  const empty = () => {
    if (box.current) box.current.value = '';
  };
  useEffect(() => {
    if (state !== 'idle' || !waiting.current) return;
    waiting.current = false;
    if (box.current) box.current.value = '';
    setSent([]);
  }, [state]);
  return {
    box,
    // The answer is there already while the page reads itself anew.
    sent: state === 'loading' ? [] : sent,
    empty,
    /** Puts what was dropped into it. */
    fill: (files: FileList) => {
      if (box.current) box.current.files = files;
    },
    /** The form is about to go with what is in it; `button` names the intent, and a form sent with it behaves as pressed. */
    send: (button: HTMLButtonElement | null) => {
      waiting.current = true;
      // Keys beside those of files that are sent by themselves, which count from 1.
      setSent(
        [...(box.current?.files ?? [])].map(({ name, size }, place) => ({
          key: -1 - place,
          name,
          size,
          percent: undefined,
          error: undefined,
        })),
      );
      box.current?.form?.requestSubmit(button);
    },
  };
}

export type FileBox = ReturnType<typeof useFileBox>;
