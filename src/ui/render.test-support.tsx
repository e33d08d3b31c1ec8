import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createRoutesStub } from 'react-router';

/** The server's HTML of a part, at an address: what everybody gets before, or without, script. */
export function html(part: ReactNode, at = '/'): string {
  const Stub = createRoutesStub([{ path: '*', Component: () => part }]);
  return renderToStaticMarkup(<Stub initialEntries={[at]} />);
}
