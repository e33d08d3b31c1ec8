import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Crumbs } from './Crumbs.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import type { Crumb, FrameData } from './frameData.ts';
import { IdleWarning } from './IdleWarning.tsx';
import { Menu } from './Menu.tsx';

/** Everything around a page: strips, header, who acts for whom, menu, breadcrumb, footer. */
export function Frame({ frame, crumbs, children }: { frame: FrameData; crumbs: readonly Crumb[]; children: ReactNode }) {
  const main = useFocusOnArrival();
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
        <main className="ui-main" id="main" ref={main} tabIndex={-1}>
          <Crumbs crumbs={crumbs} />
          {children}
        </main>
      </div>
      {frame.idle ? <IdleWarning idle={frame.idle} /> : null}
      <Footer links={frame.footer} version={frame.version} />
    </div>
  );
}

/** A page loaded by script is announced like any other: the focus goes to its content, not to nowhere. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
