import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@react-router/node';
import type { Handler } from 'hono';
import { createElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import type { EntryContext, ServerBuild } from 'react-router';
import { createRequestHandler, Outlet, RouterContextProvider, Scripts, ServerRouter, useLoaderData } from 'react-router';

/** A page of React Router alone: the same SQL in its loader, as many elements and bytes as ours, no frame, no design system. */

const cellsPerRow = 8;

type Data = { rows: unknown[]; elements: number; text: string };

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && 'elements' in value && 'text' in value;
}

function Cell({ text }: { text: string }) {
  return createElement('span', { className: 'cell' }, text);
}

function Row({ text }: { text: string }) {
  return createElement(
    'div',
    { className: 'row' },
    Array.from({ length: cellsPerRow }, (_, cell) => createElement(Cell, { key: cell, text })),
  );
}

/** Elements in rows of eight, each with a class and a text, until there are as many as on our page. */
function Page() {
  const data: unknown = useLoaderData();
  if (!isData(data)) return null;
  const rows = Math.max(1, Math.round(data.elements / (cellsPerRow + 1)));
  return createElement(
    'main',
    null,
    Array.from({ length: rows }, (_, row) => createElement(Row, { key: row, text: data.text })),
  );
}

function Root() {
  return createElement('html', { lang: 'ja' }, createElement('body', null, createElement(Outlet), createElement(Scripts)));
}

function render(...[request, status, headers, routerContext]: [Request, number, Headers, EntryContext]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const rendering = renderToPipeableStream(createElement(ServerRouter, { context: routerContext, url: request.url }), {
      onShellReady() {
        const body = new PassThrough();
        headers.set('Content-Type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        rendering.pipe(body);
      },
      onShellError: reject,
    });
  });
}

type Route = NonNullable<ServerBuild['routes'][string]>;

function buildWith(loader: Route['module']['loader']): ServerBuild {
  const page: Route = { id: 'page', parentId: 'root', path: 'page/:key', module: { default: Page, loader } };
  const root: Route = { id: 'root', path: '', module: { default: Root } };
  const asset = (route: Route) => ({
    id: route.id,
    parentId: route.parentId,
    path: route.path,
    module: '/page.js',
    hasAction: false,
    hasLoader: route.module.loader !== undefined,
    hasClientAction: false,
    hasClientLoader: false,
    hasClientMiddleware: false,
    hasDefaultExport: true,
    hasErrorBoundary: false,
    clientActionModule: undefined,
    clientLoaderModule: undefined,
    clientMiddlewareModule: undefined,
    hydrateFallbackModule: undefined,
  });
  return {
    entry: { module: { default: render } },
    routes: { root, page },
    assets: {
      entry: { imports: [], module: '/entry.js' },
      routes: { root: asset(root), page: asset(page) },
      url: '/manifest.js',
      version: 'bench',
    },
    basename: '/',
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'lazy', manifestPath: '/__manifest' },
  };
}

/** Answers `/page/KEY?elements=…&letters=…`. */
export function makeBarePages(rowsOf: (key: string) => Promise<unknown[]>): Handler {
  const loader: Route['module']['loader'] = async ({ params, request }) => {
    const asked = new URL(request.url).searchParams;
    const rows = await rowsOf(params['key'] ?? '');
    return { rows, elements: Number(asked.get('elements')), text: 'あ'.repeat(Number(asked.get('letters'))) } satisfies Data;
  };
  const handle = createRequestHandler(buildWith(loader), 'production');
  return async (call) => await handle(call.req.raw, new RouterContextProvider());
}
