import { useEffect } from 'react';
import { fieldId } from '#ui/fields/formState.tsx';

/** After 検索 the page begins at its top again: script leads on to the hits, the focus on the first of them. */
export function useHitsInView(name: string, hits: readonly unknown[] | undefined): void {
  useEffect(() => {
    if (hits === undefined) return;
    const box = document.getElementById(fieldId(name));
    box?.scrollIntoView({ block: 'center' });
    const first = box?.closest('.ui-field')?.querySelector<HTMLInputElement>('input[type="radio"]') ?? box;
    first?.focus({ preventScroll: true });
  }, [name, hits]);
}
