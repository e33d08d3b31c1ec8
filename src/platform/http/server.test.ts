import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { InnerEnv } from './inner-env.ts';
import { listenWith } from './server.ts';

const at = { port: 0, host: '127.0.0.1' };

function slowApp(ms: number) {
  return new Hono<InnerEnv>()
    .get('/slow', async (c) => {
      await pause(ms);
      return c.text('done');
    })
    .get('/fast', (c) => c.text('ok'));
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

type Told = { asked: number; answered: number; farewell: boolean };

/** Connects, then asks again after every answer on the same connection until it is told that this ends. */
function steadyCaller(port: number): Promise<{ end: Promise<Told> }> {
  return new Promise((connected, failed) => {
    const told: Told = { asked: 0, answered: 0, farewell: false };
    const socket = connect(port, '127.0.0.1');
    const ask = () => {
      told.asked += 1;
      socket.write('GET /fast HTTP/1.1\r\nHost: x\r\n\r\n');
    };
    const done = new Promise<Told>((resolve, reject) => {
      socket.on('close', () => resolve(told));
      socket.on('error', reject);
    });
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (!heard.endsWith('\r\n\r\nok')) return;
      told.answered += 1;
      told.farewell = /^connection: close/im.test(heard);
      heard = '';
      if (!told.farewell) ask();
    });
    socket.once('error', failed);
    socket.once('data', () => connected({ end: done }));
    socket.once('connect', ask);
  });
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

  it('every request on an open connection is answered; the last answer says that it closes', async () => {
    const server = await listenWith(slowApp(0), at);
    const callers = await Promise.all(Array.from({ length: 8 }, () => steadyCaller(server.port)));
    await pause(100);
    await server.close();
    for (const caller of callers) {
      const { asked, answered, farewell } = await caller.end;
      expect(asked).toBeGreaterThan(1);
      expect([answered, farewell]).toEqual([asked, true]);
    }
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
