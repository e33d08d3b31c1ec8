import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { InnerEnv } from './inner-env.ts';
import { listenWith } from './server.ts';

const at = { port: 0, host: '127.0.0.1' };

function slowApp(ms: number) {
  return new Hono<InnerEnv>().get('/slow', async (c) => {
    await pause(ms);
    return c.text('done');
  }).get('/fast', (c) => c.text('ok'));
}

/** Sends raw bytes; what comes back until the other side closes. */
function rawTalk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', (error) => (heard === '' ? reject(error) : resolve(heard)));
  });
}

/** No connection came about, so nothing was cut. */
function wasNotLetIn(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && cause.syscall === 'connect';
}

describe('listenWith', () => {
  it('finishes what is under way, then closes; new connections are refused', async () => {
    const server = await listenWith(slowApp(400), at);
    const base = `http://127.0.0.1:${server.port}`;
    await (await fetch(`${base}/fast`)).text();
    const running = fetch(`${base}/slow`);
    await pause(100);
    const closed = server.close();
    await pause(50);
    await expect(rawTalk(server.port, 'GET /fast HTTP/1.1\r\nHost: x\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
    expect(await (await running).text()).toBe('done');
    await closed;
    await server.close();
  });

  it('requests on open connections are answered while it closes', async () => {
    const server = await listenWith(slowApp(0), at);
    const base = `http://127.0.0.1:${server.port}`;
    let going = true;
    const statuses: number[] = [];
    const caller = async () => {
      while (going) {
        const answer = await fetch(`${base}/fast`).catch((error: unknown) => error);
        if (answer instanceof Response) statuses.push(answer.status, (await answer.text()).length);
        else if (wasNotLetIn(answer)) return;
        else throw answer;
      }
    };
    const callers = Array.from({ length: 8 }, caller);
    await pause(200);
    await server.close();
    going = false;
    await Promise.all(callers);
    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([200, 2]));
  });

  it('says when the port is taken', async () => {
    const server = await listenWith(slowApp(0), at);
    await expect(listenWith(slowApp(0), { ...at, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });

  it('answers rubbish and oversized headers with 4xx', async () => {
    const server = await listenWith(slowApp(0), at);
    const status = async (bytes: string) => (await rawTalk(server.port, bytes)).slice(0, 12);
    expect(await status('rubbish\r\n\r\n')).toBe('HTTP/1.1 400');
    expect(await status('GET / HTTP/1.1\r\n\r\n')).toBe('HTTP/1.1 400');
    expect(await status(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toBe('HTTP/1.1 431');
    expect(await status('GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')).toBe('HTTP/1.1 400');
    expect(await status('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n')).toBe('HTTP/1.1 400');
    await server.close();
  });
});
