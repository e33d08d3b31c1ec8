import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';

/** Requests as browsers and offices' systems make them; nothing is followed, thrown or hidden. */

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string; ms: number };

/** A connection that was refused or broke off: the caller cannot know what became of his request. */
export type NoAnswer = { status: 0; error: string; ms: number };

export type Call = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer; timeoutMs?: number };

export class Caller {
  readonly #origin: URL;
  readonly #agent: Agent;

  constructor(origin: string, connections = 64) {
    this.#origin = new URL(origin);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  get origin(): string {
    return this.#origin.origin;
  }

  /** A question on a kept connection that the server had just closed is asked once more, as browsers do (RFC 9110 9.2.2). */
  async call(call: Call): Promise<Answer | NoAnswer> {
    const first = await this.#send(call);
    return 'reused' in first && first.reused ? await this.#send(call) : first;
  }

  async #send(call: Call): Promise<Answer | (NoAnswer & { reused: boolean })> {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    return await new Promise((resolve) => {
      const asked = request(
        {
          host: this.#origin.hostname,
          port: this.#origin.port,
          method: call.method ?? 'GET',
          path: call.path,
          headers: { ...lengthOf(call), ...call.headers },
          agent: this.#agent,
          timeout: call.timeoutMs ?? 30_000,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', (error) => resolve({ status: 0, error: error.message, ms: ms(), reused: false }));
          answer.once('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8'), ms: ms() }),
          );
        },
      );
      asked.once('timeout', () => asked.destroy(new Error('timeout')));
      asked.once('error', (error: NodeJS.ErrnoException) => {
        const reused = asked.reusedSocket && error.code === 'ECONNRESET' && (call.method ?? 'GET') === 'GET';
        resolve({ status: 0, error: error.message, ms: ms(), reused });
      });
      asked.end(call.body);
    });
  }

  /** A form of a page, sent by a browser. */
  async post(path: string, as: { cookie: string }, fields: Record<string, string | readonly string[]>): Promise<Answer | NoAnswer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
    const headers = {
      Cookie: as.cookie,
      Origin: this.#origin.origin,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
    };
    return await this.call({ method: 'POST', path, headers, body: body.toString() });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function lengthOf({ body }: Call): Record<string, string> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}
