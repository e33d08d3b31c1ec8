import { isMainThread, Worker } from 'node:worker_threads';
import type { RenderAnswer, RenderJob } from './job.ts';
import { limits } from './job.ts';

/**
 * The rendering process: one job, one answer, then it ends. Whatever a hostile file does to it (endless work, all memory, a
 * crash of native code) happens here, in a process without secrets, without network clients and without write access.
 */

/** A thread of its own sees the memory even while a file keeps the main thread busy. */
function watchMemory(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > limits.memory) process.kill(process.pid, 'SIGKILL');
  }, 50);
}

async function work(job: RenderJob): Promise<RenderAnswer> {
  switch (job.kind) {
    case 'picture':
      return await (await import('./draw.ts')).drawPicture(job.bytes);
    case 'pages':
      return await (await import('./draw.ts')).drawPages(job.bytes);
    case 'word':
      return await (await import('./office-text.ts')).readWord(job.bytes);
    case 'excel':
      return await (await import('./office-text.ts')).readExcel(job.bytes);
    case 'print':
      return await (await import('./print.ts')).printPdf(job);
  }
}

function answerWith(answer: RenderAnswer): void {
  process.send?.(answer, undefined, undefined, () => process.exit(0));
}

function listen(): void {
  const watch = new Worker(new URL(import.meta.url));
  watch.unref();
  process.once('message', (job: RenderJob) => {
    work(job).then(answerWith, (error: unknown) => {
      // Only the kind of fault: a message may quote the file.
      answerWith({ ok: false, reason: error instanceof Error ? error.name : 'unknown' });
    });
  });
}

if (isMainThread) listen();
else watchMemory();
