import { connect } from 'node:net';

/** What is not HTTP, or only nearly, on a bare connection. */

const host = 'Host: localhost\r\n';

/** Each with how it must end: an answer below 500, or the connection closed without one. */
export const rawRequests: readonly { what: string; bytes: Buffer; finish: boolean }[] = [
  { what: 'nothing at all', text: '', finish: true },
  { what: 'rubbish', text: '\u0000\u0001\u0002\u0003', finish: false },
  { what: 'a TLS hello', text: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000', finish: true },
  { what: 'HTTP/0.9', text: 'GET /\r\n\r\n', finish: false },
  { what: 'HTTP/2 without asking', text: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', finish: false },
  { what: 'no host', text: 'GET / HTTP/1.1\r\n\r\n', finish: false },
  { what: 'two hosts', text: `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, finish: true },
  { what: 'a whole address', text: `GET http://evil.example/office HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'an address of stars', text: `OPTIONS * HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'CONNECT', text: `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'TRACE', text: `TRACE / HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'a method of our own', text: `VERYLONGMETHODNAME / HTTP/1.1\r\n${host}\r\n`, finish: false },
  { what: 'an unknown version', text: `GET / HTTP/9.9\r\n${host}\r\n`, finish: false },
  { what: 'a space before the colon', text: `GET / HTTP/1.1\r\nHost : x\r\n\r\n`, finish: false },
  { what: 'a folded header', text: `GET / HTTP/1.1\r\n${host}A: b\r\n c\r\n\r\n`, finish: false },
  { what: 'a NUL in a header', text: `GET / HTTP/1.1\r\n${host}A: \u0000\r\n\r\n`, finish: false },
  { what: 'bare line feeds', text: 'GET / HTTP/1.1\nHost: x\n\n', finish: true },
  { what: 'a header of 20 KB', text: `GET / HTTP/1.1\r\n${host}A: ${'x'.repeat(20_000)}\r\n\r\n`, finish: false },
  { what: 'an address of 20 KB', text: `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, finish: false },
  { what: '200 headers', text: `GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(200)}\r\n`, finish: true },
  { what: 'two lengths', text: `POST /login HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, finish: false },
  { what: 'a negative length', text: `POST /login HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, finish: false },
  { what: 'a length of words', text: `POST /login HTTP/1.1\r\n${host}Content-Length: many\r\n\r\n`, finish: false },
  { what: 'an endless length', text: `POST /login HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n\r\n`, finish: false },
  {
    what: 'a body cut short',
    text: `POST /login HTTP/1.1\r\n${host}Origin: http://localhost\r\nContent-Length: 100\r\n\r\na=1`,
    finish: true,
  },
  {
    what: 'length and chunks',
    text: `POST /login HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    finish: false,
  },
  { what: 'a chunk of no size', text: `POST /login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`, finish: false },
  { what: 'chunks cut short', text: `POST /login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nff\r\nabc`, finish: true },
  { what: 'an unknown encoding', text: `POST /login HTTP/1.1\r\n${host}Transfer-Encoding: rot13\r\n\r\n`, finish: false },
  {
    what: 'a second request inside the first',
    text: `GET / HTTP/1.1\r\n${host}Content-Length: 44\r\n\r\nGET /office HTTP/1.1\r\n${host}\r\n`,
    finish: true,
  },
  { what: 'ten at once', text: `GET /login HTTP/1.1\r\n${host}\r\n`.repeat(10), finish: true },
  { what: 'bytes above ASCII in the address', text: `GET /\u00e3\u0081\u0082?\u00ff HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'a fragment in the address', text: `GET /login#x HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'a backslash address', text: `GET \\\\evil\\x HTTP/1.1\r\n${host}\r\n`, finish: true },
  { what: 'a header without a name', text: `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`, finish: false },
  { what: 'a cookie above ASCII', text: `GET / HTTP/1.1\r\n${host}Cookie: mamis=\u00ff\u00fe\r\n\r\n`, finish: true },
].map(({ what, text, finish }) => ({ what, bytes: Buffer.from(text, 'latin1'), finish }));

/** Everything the server says before it hangs up; undefined when it does not for `patienceMs`. */
export async function sayRaw(port: number, request: { bytes: Buffer; finish: boolean }, patienceMs: number): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const end = (heard: string | undefined) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(heard);
    };
    const patience = setTimeout(() => end(undefined), patienceMs);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => end(Buffer.concat(chunks).toString('latin1')));
    socket.on('close', () => end(Buffer.concat(chunks).toString('latin1')));
    socket.on('connect', () => (request.finish ? socket.end(request.bytes) : socket.write(request.bytes)));
  });
}
