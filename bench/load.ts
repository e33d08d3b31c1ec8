import { Agent, request } from 'node:http';

/** A closed loop of users: each sends its next request when the answer to the last one is complete. */

export type Call = { path: string; method?: 'GET' | 'POST'; headers?: Readonly<Record<string, string>>; body?: string };

export type Measured = { perSecond: number; p50: number; p95: number; answers: number; failed: number; bytes: number };

export type Load = { port: number; users: number; seconds: number; next: () => Call | undefined };

type Answer = { status: number; bytes: number };

function send(agent: Agent, port: number, call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: '127.0.0.1', port, path: call.path, method: call.method ?? 'GET', headers: call.headers },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(call.body);
  });
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs one round. A refused or broken answer counts as failed, never as speed. */
export async function measure(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.users });
  const times: number[] = [];
  let failed = 0;
  let bytes = 0;
  const started = performance.now();
  const until = started + load.seconds * 1000;
  const user = async () => {
    while (performance.now() < until) {
      const call = load.next();
      if (call === undefined) return;
      const begun = performance.now();
      const answer = await send(agent, load.port, call);
      if (answer.status === 200) {
        times.push(performance.now() - begun);
        bytes += answer.bytes;
      } else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: load.users }, user));
  const elapsed = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / elapsed,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    answers: times.length,
    failed,
    bytes: times.length === 0 ? 0 : bytes / times.length,
  };
}

/** One request outside any round, with its body. */
export async function fetchOnce(port: number, call: Call): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${call.path}`, {
    method: call.method ?? 'GET',
    headers: call.headers,
    body: call.body,
  });
  return { status: response.status, text: await response.text() };
}
