import fonts400 from '@fontsource/noto-sans-jp/400.css?url';
import fonts700 from '@fontsource/noto-sans-jp/700.css?url';
import type { ReactNode } from 'react';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from 'react-router';
import { frameOf, withHold } from '#features/desk/queries/frame.ts';
import { contextOf, stateOf, takeFlash } from '#platform/http/request-context.ts';
import { makeDoorMiddleware } from '#platform/http/door-middleware.ts';
import { crumbsOf } from '#ui/frame/crumbsOf.ts';
import { Frame } from '#ui/frame/Frame.tsx';
import { entranceFrame, type FrameData, frameIn } from '#ui/frame/frameData.ts';
import { Flash } from '#ui/parts/Flash.tsx';
import { UnsavedGuard } from '#ui/unsaved/UnsavedGuard.tsx';
import { ErrorPage } from '#ui/page/ErrorPage.tsx';
import { failedListOf } from '#ui/page/failedList.ts';
import { ListError } from '#ui/page/ListError.tsx';
import { errorDetails } from '#ui/page/errorDetails.ts';
import type { Route } from './+types/root.ts';
import app from './app.css?url';

export const links: Route.LinksFunction = () => [
  { rel: 'stylesheet', href: app },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export const meta: Route.MetaFunction = () => [{ title: 'MAMIS 日本医師会 会員情報管理システム' }];

/** Carries out what the guard decided; without it the server does not start. */
export const middleware: Route.MiddlewareFunction[] = [makeDoorMiddleware(async (ctx) => ({ frame: await frameOf(ctx) }))];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  return { frame: withHold(await frameOf(ctx), stateOf(context).hold), requestId: ctx.requestId, flash: takeFlash(context) };
}

/** Root data is missing where the visitor was refused, which brings his frame along, or where the root loader itself failed. */
function useFrame(): FrameData | undefined {
  const data = useRouteLoaderData<typeof loader>('root');
  const error = useRouteError();
  return data?.frame ?? (isRouteErrorResponse(error) ? frameIn(error.data) : undefined);
}

/** The document around pages and error pages alike. */
export function Layout({ children }: { children: ReactNode }) {
  const frame = useFrame() ?? entranceFrame;
  const top = { label: frame.who.kind === 'doctor' ? 'マイページTOP' : 'TOP', to: frame.homeTo };
  const crumbs = crumbsOf(useMatches(), top);
  return (
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
      </head>
      <body>
        <Frame frame={frame} crumbs={crumbs}>
          {children}
        </Frame>
        <ScrollRestoration />
        <Scripts />
        {/* Last, so that a slow line shows the text in the machine's own type first. */}
        <link rel="stylesheet" href={fonts400} />
        <link rel="stylesheet" href={fonts700} />
      </body>
    </html>
  );
}

export default function Root({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <Flash message={loaderData.flash} />
      <Outlet />
      <UnsavedGuard />
    </>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const data = useRouteLoaderData<typeof loader>('root');
  const frame = useFrame();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const details = isRouteErrorResponse(error) ? errorDetails(error.data) : {};
  // Without the root's own data it is the whole service that fails, not one list.
  const failed = failedListOf(useMatches(), data === undefined ? 404 : status);
  if (failed) return <ListError list={failed} requestId={data?.requestId} />;
  return <ErrorPage status={status} homeTo={frame?.homeTo} requestId={data?.requestId} {...details} />;
}
