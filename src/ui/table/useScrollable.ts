import { type RefObject, useEffect, useState } from 'react';

/** True while a box is wider inside than outside: only then it needs a stop of the Tab key. True until script knows better. */
export function useScrollable(box: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return scrolls;
}
