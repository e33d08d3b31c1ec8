import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type ProductSpec = {
  dataDir: string;
  /** Another PostgreSQL than the embedded one below `dataDir`. */
  databaseUrl?: string | undefined;
  /** Where sources and build lie; ours unless it is the product with the planted defects. */
  root?: string | undefined;
  /** The defect to wake there. */
  planted?: string | undefined;
  logLevel?: string;
  smtpUrl?: string;
  /** Believes X-Forwarded-For: callers may come from addresses of their own. */
  trustProxy?: boolean;
  /** Its clock is told by `tellTime`, and no round of the day comes by itself. */
  playsWithDays?: boolean;
};

/** The product as a process of its own, to be asked over HTTP, killed and started again. */
export class RunningProduct {
  readonly port: number;
  readonly #env: Record<string, string>;
  readonly #root: string;
  #child: ChildProcess | undefined;
  #said = '';
  #ownerUrl = '';
  #lost: (error: Error) => void = () => undefined;
  /** Rejects when the process ends without being told to: no kill of something else may end it. */
  readonly lost: Promise<never> = new Promise((_, reject) => {
    this.#lost = reject;
  });

  constructor(port: number, more: ProductSpec) {
    this.port = port;
    this.lost.catch(() => undefined); // whoever races with it reports it
    this.#root = more.root ?? join(import.meta.dirname, '../..');
    this.#env = {
      // As it is delivered: React is several times slower, and speaks more, when it is not told.
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: more.dataDir,
      LOG_LEVEL: more.logLevel ?? 'info',
      ...(more.databaseUrl === undefined ? {} : { DATABASE_URL: more.databaseUrl }),
      ...(more.smtpUrl === undefined ? {} : { SMTP_URL: more.smtpUrl }),
      ...(more.trustProxy === true ? { TRUST_PROXY: '1' } : {}),
      ...(more.planted === undefined ? {} : { PLANTED: more.planted }),
      ...(more.playsWithDays === true ? { PLAYS_WITH_DAYS: '1' } : {}),
    };
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything the process ever wrote, its log included. */
  get said(): string {
    return this.#said;
  }

  /** Of its database; known once it serves. */
  get ownerUrl(): string {
    return this.#ownerUrl;
  }

  get alive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(this.#root, 'tests/support/product.ts')], {
      cwd: this.#root,
      env: { PATH: process.env.PATH, HOME: process.env['HOME'], ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    let serving = false;
    const hear = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      this.#said += text;
      const url = /SERVING (\S+)/.exec(text)?.[1];
      if (url !== undefined) this.#ownerUrl = url;
      serving ||= url !== undefined;
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.#lost(new Error(`the product ended by itself (${code ?? signal}):\n${this.#said.slice(-3000)}`));
    });
    for (let waited = 0; !serving; waited += 50) {
      if (!this.alive) throw new Error(`the product did not start:\n${this.#said.slice(-2000)}`);
      if (waited > 120_000) throw new Error('the product did not start in two minutes');
      await sleep(50);
    }
  }

  /** Sets the clock of a product that plays with days; resolves when it holds. */
  async tellTime(now: Date): Promise<void> {
    const child = this.#child;
    if (child === undefined) throw new Error('the product does not run');
    const heard = once(child, 'message');
    child.send({ now: now.getTime() });
    await Promise.race([heard, this.lost]);
  }

  /** SIGKILL, at once; resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM; resolves when it has drained and stopped. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(name: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(name);
    await gone;
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise<void>((resolve) => void probe.close(() => resolve()));
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
