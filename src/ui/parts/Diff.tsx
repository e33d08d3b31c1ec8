import type { ReactNode } from 'react';

export type Change = { key: string; label: string; before: ReactNode; after: ReactNode; changed: boolean };

const heads = ['項目', '変更前', '変更後'] as const;

/** 変更前 / 変更後 side by side; changed lines say so in a word. */
export function Diff({ caption, changes }: { caption: string; changes: readonly Change[] }) {
  return (
    // A region that scrolls sideways must be reachable by key
    <section className="ui-table-scroll" tabIndex={0} aria-label={caption}>
      {/* On phones one card per line; the roles keep the table's meaning. */}
      <table className="ui-table ui-table-cards" role="table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map((head) => (
              <th key={head} role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {changes.map((change) => (
            <tr key={change.key} role="row" className={change.changed ? 'ui-row ui-diff-changed' : 'ui-row'}>
              <th role="rowheader" scope="row" data-head={heads[0]}>
                <div>{change.label}</div>
              </th>
              <td role="cell" data-head={heads[1]}>
                <div>{change.before}</div>
              </td>
              <td role="cell" data-head={heads[2]}>
                <div>
                  {change.after} {change.changed ? <span className="ui-diff-mark">【変更】</span> : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
