import type { ReactNode } from 'react';

/** What will appear here and what to do now. */
export function EmptyState({ children }: { children?: ReactNode }) {
  return <div className="ui-empty">{children ?? '該当するデータはありません。検索条件を変えてお試しください。'}</div>;
}
