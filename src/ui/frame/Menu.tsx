import { NavLink } from 'react-router';
import type { MenuItem } from './frameData.ts';

type Branch = { heading: string | undefined; item: MenuItem | undefined; children: MenuItem[] };

/** The left menu: items, headings and items under items, in the given order. */
export function Menu({ items, label }: { items: readonly MenuItem[]; label: string }) {
  return (
    <nav className="ui-menu" aria-label={label}>
      <ul>
        {branchesOf(items).map((branch) => (
          <li key={branch.item?.to ?? branch.heading}>
            {branch.item ? <MenuLink item={branch.item} /> : <p className="ui-menu-head">{branch.heading}</p>}
            {branch.children.length === 0 ? null : (
              <ul>
                {branch.children.map((child) => (
                  <li key={child.to}>
                    <MenuLink item={child} />
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

/** `end`: TOP is not 現在のページ on every page below it; each screen has its own item or none. */
function MenuLink({ item }: { item: MenuItem }) {
  return (
    <NavLink to={item.to} end={isTop(item.to)}>
      {item.label}
    </NavLink>
  );
}

function isTop(to: string): boolean {
  return to.split('/').length <= 2;
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
