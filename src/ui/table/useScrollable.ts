import { type RefObject, useEffect, useState } from 'react';

/** Whether a box is wider inside than outside: only then it needs a stop of the Tab key. Undefined until script knows. */
export function useScrollable(box: RefObject<HTMLElement | null>): boolean | undefined {
  const [scrolls, setScrolls] = useState<boolean>();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    for (const one of [element, ...element.children]) watch.observe(one);
    return () => watch.disconnect();
  }, [box]);
  return scrolls;
}
