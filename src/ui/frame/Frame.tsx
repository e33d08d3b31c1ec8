import type { ReactNode } from 'react';
import { Crumbs } from './Crumbs.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import type { Crumb, FrameData } from './frameData.ts';
import { Menu } from './Menu.tsx';

/** Everything around a page: strips, header, who acts for whom, menu, breadcrumb, footer. */
export function Frame({ frame, crumbs, children }: { frame: FrameData; crumbs: readonly Crumb[]; children: ReactNode }) {
  const hasMenu = frame.menu.length > 0;
  return (
    <div className={`ui-frame ui-${frame.who.kind}`}>
      <a className="ui-skip" href="#main">
        本文へ移動
      </a>
      <Header frame={frame} />
      {hasMenu ? (
        // Phones fold the menu without script; wide screens show the second copy beside the page.
        <details className="ui-menu-phone">
          <summary>メニュー</summary>
          <Menu items={frame.menu} label="メニュー" />
        </details>
      ) : null}
      <div className={hasMenu ? 'ui-body ui-body-menu' : 'ui-body'}>
        {hasMenu ? (
          <div className="ui-side">
            <Menu items={frame.menu} label="メニュー" />
          </div>
        ) : null}
        <main className="ui-main" id="main" tabIndex={-1}>
          <Crumbs crumbs={crumbs} />
          {children}
        </main>
      </div>
      <Footer links={frame.footer} version={frame.version} />
    </div>
  );
}
