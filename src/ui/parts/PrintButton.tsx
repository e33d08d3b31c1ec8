import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { useHydrated } from '../useHydrated.ts';

/** Prints the page as it stands; without script the browser's own menu does the same. */
export function PrintButton({ children }: { children: ReactNode }) {
  if (!useHydrated()) return null;
  return (
    <Button type="button" onClick={() => window.print()}>
      {children}
    </Button>
  );
}
