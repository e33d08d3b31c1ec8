import type { ReactNode } from 'react';

export type Definition = { label: ReactNode; value: ReactNode; key?: string };

const none = <span>－</span>;

/** Labels with their values, as on a paper form; nothing entered shows 「－」. */
export function DefinitionTable({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="ui-dl">
      {items.map((item, index) => (
        <div key={item.key ?? index}>
          <dt>{item.label}</dt>
          <dd>{item.value === '' || item.value === null || item.value === undefined ? none : item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
