import type { Hold } from '../session/visitor.ts';
import { isSafeMethod } from './origin.ts';
import type { PageAccess } from './page-access.ts';

/** What stands in the way of a visitor on this page: while he is held up he reads at most, but for the pages that say otherwise. */
export function holdAt(visitor: { hold?: Hold | undefined }, access: PageAccess, method: string): Hold | undefined {
  const { hold } = visitor;
  if (hold === undefined || access.whileHeld) return undefined;
  return hold.reading && isSafeMethod(method) ? undefined : hold;
}
