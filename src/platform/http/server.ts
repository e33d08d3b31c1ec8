import { Server as NetServer } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { InnerEnv } from './inner-env.ts';

export type Listening = {
  /** The port that was given, or the free one chosen for port 0. */
  port: number;
  /** Stops accepting, lets requests in flight end (at most 10 s), closes everything. */
  close: () => Promise<void>;
};

/** Slow or endless senders lose their connection; the body of an upload of 10 MB has two minutes. */
const bounds = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
} as const;
const mostConnections = 5_000;
const drainMs = 10_000;
/** Keep-alive callers get this long to learn from their next answer that we close. */
const farewellMs = 1_500;
/** Until the port is surely closed. */
const closingMs = 50;

function listen(server: Server, at: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : at.port);
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Closing idle connections at once would cut requests that are just on their way; so they are told first, by their next
 * answer. They are told only after the port is closed: who connects anew must be refused, not taken in and cut.
 */
async function drain(server: Server, sayFarewell: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
  await pause(closingMs);
  sayFarewell();
  await Promise.race([closed, pause(farewellMs)]);
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

/** Serves an app. @throws the error of listening, e.g. EADDRINUSE */
export async function listenWith(app: Hono<InnerEnv>, at: { port: number; host: string }): Promise<Listening> {
  let closing: Promise<void> | undefined;
  let farewell = false;
  const server = createAdaptorServer({
    fetch: async (request, bindings) => {
      if (farewell && 'outgoing' in bindings) bindings.outgoing.setHeader('Connection', 'close');
      return await app.fetch(request, bindings);
    },
    serverOptions: bounds,
    overrideGlobalObjects: false,
  }) as Server;
  server.maxConnections = mostConnections;
  server.maxHeadersCount = 100;
  const port = await listen(server, at);
  return {
    port,
    close: async () => {
      closing ??= drain(server, () => {
        farewell = true;
      });
      await closing;
    },
  };
}
