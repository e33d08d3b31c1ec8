import { fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderAnswer, RenderJob } from './job.ts';
import { limits } from './job.ts';

const root = join(import.meta.dirname, '../../..');

/** What the process may read: the program, the fonts and the packages; never the data. */
function flags(): string[] {
  const readable = [join(root, 'src/platform/render'), join(root, 'assets'), join(root, 'package.json'), join(root, 'node_modules')];
  const real = realpathSync(join(root, 'node_modules'));
  return [
    '--permission',
    '--allow-addons',
    '--allow-worker',
    ...[...readable, real].map((path) => `--allow-fs-read=${path}`),
    '--max-old-space-size=512',
    '--disable-warning=SecurityWarning',
    '--no-deprecation',
  ];
}

function isAnswer(value: unknown): value is RenderAnswer {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/** How a job went that gave no answer. */
export type Lost = { ok: false; reason: 'timeout' | 'crash' };

/** Runs one job in a process of its own, which is ended when its time is over. Never rejects because of the job. */
export function runChild(job: RenderJob, life: number = limits.life): Promise<RenderAnswer | Lost> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'child.ts'), [], {
      execArgv: flags(),
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const finish = (answer: RenderAnswer | Lost) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ ok: false, reason: 'timeout' }), life);
    child.once('message', (answer) => finish(isAnswer(answer) ? answer : { ok: false, reason: 'crash' }));
    child.once('error', () => finish({ ok: false, reason: 'crash' }));
    child.once('exit', () => finish({ ok: false, reason: 'crash' }));
    child.send(job, (error) => {
      if (error !== null) finish({ ok: false, reason: 'crash' });
    });
  });
}
