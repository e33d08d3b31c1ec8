import { type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigation } from 'react-router';
import type { PendingFile } from './useUploads.ts';

/**
 * Files that are on their way with the whole form. Until its answer is there they stay in their box: a second file, chosen in
 * this or another field meanwhile, sends the form again, and only the last answer counts. Then the box is empty for the next.
 */
export function useSentFiles(box: RefObject<HTMLInputElement | null>) {
  const { state } = useNavigation();
  const [sent, setSent] = useState<readonly PendingFile[]>([]);
  const waiting = useRef(false);
  useEffect(() => {
    if (state !== 'idle' || !waiting.current) return;
    waiting.current = false;
    if (box.current) box.current.value = '';
    setSent([]);
  }, [state, box]);
  const send = (files: readonly File[]) => {
    waiting.current = true;
    // Keys beside those of files that are sent by themselves, which count from 1.
    setSent(files.map(({ name, size }, place) => ({ key: -1 - place, name, size, percent: undefined, error: undefined })));
  };
  return { sent, send };
}
