/** Runs work with bounded concurrency and a bounded line; work beyond both is turned away at once. */
export type BoundedQueue = {
  /** Resolves with the work's result, or `busy` when the line is full. */
  run: <T>(work: () => Promise<T>) => Promise<{ done: T } | 'busy'>;
  /** True when the next call would be turned away. */
  isFull: () => boolean;
};

/** `concurrency` at the same time, at most `waiting` behind them, first come first served. */
export function makeBoundedQueue(bounds: { concurrency: number; waiting: number }): BoundedQueue {
  let running = 0;
  const line: (() => void)[] = [];
  const isFull = () => running >= bounds.concurrency && line.length >= bounds.waiting;

  async function takePlace(): Promise<void> {
    if (running < bounds.concurrency) {
      running += 1;
      return;
    }
    await new Promise<void>((go) => line.push(go));
  }

  /** The place goes straight to the next in line, so nobody slips in between. */
  function leave(): void {
    const next = line.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return {
    isFull,
    run: async (work) => {
      if (isFull()) return 'busy';
      await takePlace();
      try {
        return { done: await work() };
      } finally {
        leave();
      }
    },
  };
}
