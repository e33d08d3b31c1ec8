import type { ReactNode } from 'react';

/** Two conditions that are one span (から and まで): side by side, on phones too. */
export function FromTo({ children }: { children: ReactNode }) {
  return <div className="ui-from-to">{children}</div>;
}
