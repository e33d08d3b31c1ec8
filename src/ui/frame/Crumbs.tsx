import { Link } from 'react-router';
import type { Crumb } from './frameData.ts';

/** マイページTOP > … ; the last is the page itself. Nothing on the top page. */
export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  if (crumbs.length < 2) return null;
  return (
    <nav aria-label="現在の位置">
      <ol className="ui-crumbs">
        {crumbs.map((crumb, index) => (
          <li key={crumb.to}>
            {index === crumbs.length - 1 ? <span aria-current="page">{crumb.label}</span> : <Link to={crumb.to}>{crumb.label}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
