import { Link, useLocation } from 'react-router';
import type { MenuItem } from './frameData.ts';

type Branch = { heading: string | undefined; item: MenuItem | undefined; children: MenuItem[] };

/** The left menu: items, headings and items under items, in the given order. */
export function Menu({ items, label }: { items: readonly MenuItem[]; label: string }) {
  const here = currentOf(items, useLocation().pathname);
  return (
    <nav className="ui-menu" aria-label={label}>
      <ul>
        {branchesOf(items).map((branch) => (
          <li key={branch.item?.to ?? branch.heading}>
            {branch.item ? <MenuLink item={branch.item} here={here} /> : <p className="ui-menu-head">{branch.heading}</p>}
            {branch.children.length === 0 ? null : (
              <ul>
                {branch.children.map((child) => (
                  <li key={child.to}>
                    <MenuLink item={child} here={here} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function MenuLink({ item, here }: { item: MenuItem; here: string | undefined }) {
  return (
    <Link to={item.to} aria-current={item.to === here ? 'page' : undefined}>
      {item.label}
      {item.unread === undefined ? null : <span className="ui-menu-count">{`未読${item.unread}件`}</span>}
    </Link>
  );
}

/** The one item that the present page belongs to: the longest address that leads to it. */
function currentOf(items: readonly MenuItem[], pathname: string): string | undefined {
  const leading = items.map((item) => item.to).filter((to) => pathname === to || pathname.startsWith(`${to}/`));
  return leading.toSorted((a, b) => b.length - a.length)[0];
}

function branchesOf(items: readonly MenuItem[]): Branch[] {
  const branches: Branch[] = [];
  for (const item of items) {
    const owner = branches.findLast((branch) => (branch.item?.label ?? branch.heading) === item.group);
    if (item.group === undefined) branches.push({ heading: undefined, item, children: [] });
    else if (owner) owner.children.push(item);
    else branches.push({ heading: item.group, item: undefined, children: [item] });
  }
  return branches;
}
