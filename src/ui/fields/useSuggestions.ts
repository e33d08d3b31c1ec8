import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Option } from './option.ts';

export type Suggesting = {
  text: string;
  items: readonly Option[];
  open: boolean;
  /** Index of the marked suggestion, −1 for none. */
  active: number;
  /** One line for the eye and the screen reader. */
  status: string;
  type: (text: string) => void;
  choose: (option: Option) => void;
  close: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
};

type Found = { items: readonly Option[]; status: string };

const nothing: Found = { items: [], status: '' };

/** Milliseconds of quiet before asking: people type several letters at once. */
const QUIET = 200;

/** Search as you type against a URL; every request but the newest is given up. */
export function useSuggestions(from: { url: string; initial: string; onChoose: (option: Option | undefined) => void }): Suggesting {
  const { url, initial, onChoose } = from;
  const [text, setText] = useState(initial);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState(nothing);
  const [active, setActive] = useState(-1);
  useEffect(() => ask(url, query, setFound), [url, query]);
  const open = found.items.length > 0;
  const close = () => {
    setFound(nothing);
    setQuery('');
    setActive(-1);
  };
  const choose = (option: Option) => {
    setText(option.label);
    onChoose(option);
    close();
  };
  return {
    text,
    items: found.items,
    open,
    active,
    status: found.status,
    close,
    choose,
    type: (typed) => {
      setText(typed);
      setQuery(typed.trim());
      setActive(-1);
      onChoose(undefined);
    },
    onKeyDown: (event) => {
      // Enter that ends a Japanese conversion is not a choice.
      if (!open || event.nativeEvent.isComposing) return;
      const marked = found.items[active];
      if (event.key === 'ArrowDown') setActive((active + 1) % found.items.length);
      else if (event.key === 'ArrowUp') setActive(active <= 0 ? found.items.length - 1 : active - 1);
      else if (event.key === 'Enter' && marked) choose(marked);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    },
  };
}

function ask(url: string, query: string, show: (found: Found) => void): (() => void) | undefined {
  if (query === '') {
    show(nothing);
    return undefined;
  }
  const stop = new AbortController();
  const timer = setTimeout(() => {
    find(url, query, stop.signal).then(show, () => {
      if (!stop.signal.aborted) show({ items: [], status: '候補を表示できませんでした。「検索」を押してください。' });
    });
  }, QUIET);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

async function find(url: string, query: string, signal: AbortSignal): Promise<Found> {
  const mark = url.includes('?') ? '&' : '?';
  const response = await fetch(`${url}${mark}q=${encodeURIComponent(query)}`, { signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`suggestions: ${response.status}`);
  const items = itemsOf(await response.json());
  return { items, status: items.length === 0 ? '該当するデータはありません。' : `${items.length}件の候補があります。` };
}

function itemsOf(answer: unknown): readonly Option[] {
  if (typeof answer !== 'object' || answer === null || !('items' in answer) || !Array.isArray(answer.items)) return [];
  return answer.items.filter(isOption);
}

function isOption(one: unknown): one is Option {
  return (
    typeof one === 'object' &&
    one !== null &&
    'value' in one &&
    'label' in one &&
    typeof one.value === 'string' &&
    typeof one.label === 'string'
  );
}
