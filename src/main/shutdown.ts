import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from './start-error.ts';

const DRAIN_MS = 25_000;

/** The things that were opened, to be closed in the opposite order, once. */
export class Shutdown {
  readonly #closers: { name: string; close: () => Promise<void> }[] = [];
  readonly #log: (line: string) => void;
  #running: Promise<boolean> | null = null;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** True from the moment the first request to stop came. */
  get begun(): boolean {
    return this.#running !== null;
  }

  /** Adds something that was opened. Opened while stopping, it is closed at once. */
  async add(name: string, close: () => Promise<void>): Promise<void> {
    this.#closers.push({ name, close });
    if (this.#running !== null) await this.#closeAll();
  }

  /** Drains and closes everything; true when all of it ended well. Later calls wait for the first. */
  run(): Promise<boolean> {
    this.#running ??= this.#closeAll();
    return this.#running;
  }

  async #closeAll(): Promise<boolean> {
    let well = true;
    for (let next = this.#closers.pop(); next !== undefined; next = this.#closers.pop()) {
      well = (await this.#closeOne(next)) && well;
    }
    return well;
  }

  async #closeOne({ name, close }: { name: string; close: () => Promise<void> }): Promise<boolean> {
    const late = new AbortController();
    const deadline = sleep(DRAIN_MS, 'late', { signal: late.signal }).catch(() => 'stopped'); // aborted below
    try {
      const outcome = await Promise.race([close().then(() => 'closed'), deadline]);
      if (outcome === 'late') this.#log(`The ${name} did not end within ${DRAIN_MS / 1000} seconds; leaving it.`);
      return outcome === 'closed';
    } catch (error) {
      this.#log(`The ${name} did not end well: ${errorMessage(error)}`);
      return false;
    } finally {
      late.abort();
    }
  }
}
