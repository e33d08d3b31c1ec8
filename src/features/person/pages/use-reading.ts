import { type CompositionEvent, type FormEvent, useRef } from 'react';
import { toKatakana } from '#kernel/fold-input.ts';
import { fieldId } from '#ui/fields/formState.tsx';

const kanaOnly = /^[ぁ-ゖァ-ヺー]+$/;

/** The kana box of a name box, when nobody has typed into it himself. */
function kanaBox(name: string): HTMLInputElement | undefined {
  const box = document.querySelector(`#${fieldId(name)}`);
  return box instanceof HTMLInputElement ? box : undefined;
}

/**
 * Proposes the フリガナ of a name from what was typed before the conversion to kanji: the writer's own reading, never a
 * guess from the characters. What stands in the kana box already stays.
 */
export function useReading(kanaName: string) {
  const reading = useRef('');
  const proposed = useRef('');
  const propose = (kana: string) => {
    const box = kanaBox(kanaName);
    if (box === undefined || (box.value !== '' && box.value !== proposed.current)) return;
    proposed.current = kana;
    box.value = kana;
  };
  return {
    onCompositionUpdate: (event: CompositionEvent) => {
      if (kanaOnly.test(event.data)) reading.current = toKatakana(event.data);
    },
    onCompositionEnd: () => {
      if (reading.current !== '') propose(proposed.current + reading.current);
      reading.current = '';
    },
    onInput: (event: FormEvent) => {
      if (event.target instanceof HTMLInputElement && event.target.value === '') propose('');
    },
  };
}
