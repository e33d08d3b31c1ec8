import { Link } from 'react-router';
import type { FooterLink } from './frameData.ts';

/** Links and the version at the end of every page. */
export function Footer({ links, version }: { links: readonly FooterLink[]; version: string }) {
  return (
    <footer className="ui-footer">
      {links.length === 0 ? null : (
        <ul>
          {links.map((link) => (
            <li key={link.to}>
              <Link to={link.to}>{link.label}</Link>
            </li>
          ))}
        </ul>
      )}
      <p lang="en">Copyright© Japan Medical Association. All rights reserved.</p>
      {version === '' ? null : <p>{`バージョン ${version}`}</p>}
    </footer>
  );
}
