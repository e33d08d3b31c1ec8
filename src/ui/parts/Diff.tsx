import type { ReactNode } from 'react';

export type Change = { key: string; label: string; before: ReactNode; after: ReactNode; changed: boolean };

/** 変更前 / 変更後 side by side; changed lines say so in a word. */
export function Diff({ caption, changes }: { caption: string; changes: readonly Change[] }) {
  return (
    // A region that scrolls sideways must be reachable by key
    <section className="ui-table-scroll" tabIndex={0} aria-label={caption}>
      <table className="ui-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">変更前</th>
            <th scope="col">変更後</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.key} className={change.changed ? 'ui-diff-changed' : undefined}>
              <th scope="row">{change.label}</th>
              <td>{change.before}</td>
              <td>
                {change.after} {change.changed ? <span className="ui-diff-mark">【変更】</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
