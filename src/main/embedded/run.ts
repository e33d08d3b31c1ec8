import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

export interface RunResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program of the server package to its end under the given account; collects what it prints. */
export function run(program: string, args: readonly string[], at: { account: Account; cwd: string }): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...at.account, cwd: at.cwd, env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => parts.push(text));
    child.on('error', (error) => resolve({ status: null, output: error.message }));
    child.on('close', (status) => resolve({ status, output: parts.join('') }));
  });
}

/** The server gets no variable of ours: no secrets, and English messages we can recognise. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };
}
