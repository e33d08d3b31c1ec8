import type { ReactNode } from 'react';

export type StateTone = 'neutral' | 'info' | 'progress' | 'success' | 'warn' | 'danger';

/** A state in its word (`screens.md 1.4`); the colour only repeats it. */
export function StateLabel({ tone = 'neutral', children }: { tone?: StateTone; children: ReactNode }) {
  return <span className={`ui-state ui-state-${tone}`}>{children}</span>;
}
