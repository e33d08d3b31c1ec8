import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@react-router/node';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router';
import { cspNonce } from '#platform/http/nonce.ts';
import { reportError, reportLateError } from '#platform/http/report-error.ts';

/** Every unexpected error once, without personal data. */
export const handleError = reportError;

/** Milliseconds that a deferred loader may keep the page open. */
export const streamTimeout = 10_000;

/** What the renderer is told; the order is that of React Router's own entry. */
type Rendering = {
  request: Request;
  status: number;
  headers: Headers;
  routerContext: EntryContext;
  nonce: string;
  reportLate: (error: unknown) => void;
};

/** What an action says of the wait stays with the page that shows its refusal; otherwise every 429 would name the same time. */
function tellWhenToComeAgain(headers: Headers, { staticHandlerContext }: EntryContext): void {
  const [seconds] = Object.values(staticHandlerContext.actionHeaders).flatMap((own) => own.get('Retry-After') ?? []);
  if (seconds !== undefined) headers.set('Retry-After', seconds);
}

/** Renders one document: people get it as a stream (content first on a slow line), crawlers get it whole. */
export default function handleRequest(
  ...[request, status, headers, routerContext, context]: [Request, number, Headers, EntryContext, RouterContextProvider]
): Promise<Response> | Response {
  tellWhenToComeAgain(headers, routerContext);
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const reportLate = (error: unknown) => reportLateError(error, context);
  return render({ request, status, headers, routerContext, nonce: context.get(cspNonce), reportLate });
}

function render({ request, status, headers, routerContext, nonce, reportLate }: Rendering): Promise<Response> {
  const ready = isbot(request.headers.get('user-agent')) || routerContext.isSpaMode ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let started = false;
    let failed = false;
    // A second more than the loaders have, so that a timed-out part can still be flushed as an error.
    const timer = setTimeout(() => rendering.abort(), streamTimeout + 1_000);
    const rendering = renderToPipeableStream(<ServerRouter context={routerContext} url={request.url} nonce={nonce} />, {
      nonce,
      [ready]() {
        started = true;
        const body = new PassThrough();
        body.once('close', () => clearTimeout(timer));
        headers.set('Content-Type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
        rendering.pipe(body);
      },
      onShellError(error: unknown) {
        clearTimeout(timer);
        reject(error);
      },
      onError(error: unknown) {
        failed = true;
        // Before the shell is out the error rejects or is answered by the boundary; afterwards nobody else reports it.
        if (started) reportLate(error);
      },
    });
  });
}
