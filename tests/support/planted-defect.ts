import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Shows that a proof can fail: puts a defect into a scratch copy of the sources and runs the proof there.
 *
 * A `.defect` file is a small patch that needs no tool and no line numbers:
 *
 *     why it is one, in any number of lines
 *     --- src/path/of/file.ts
 *     <<<<
 *     text as it stands, exactly once
 *     ====
 *     text with the defect
 *     >>>>
 */

type Replacement = { path: string; find: string; replace: string };

const root = join(import.meta.dirname, '../..');
const copied = [
  'src',
  'tests',
  'db',
  'public',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'vitest.config.ts',
  'react-router.config.ts',
  'tsconfig.json',
];

export function readDefect(text: string): Replacement[] {
  const parts = text.matchAll(/^--- (\S+)\n<<<<\n([\s\S]*?)\n====\n([\s\S]*?)\n?>>>>$/gm);
  const found = [...parts].map(([, path = '', find = '', replace = '']) => ({ path, find, replace }));
  if (found.length === 0) throw new Error('a defect without any change');
  return found;
}

function plant(directory: string, { path, find, replace }: Replacement): void {
  const file = join(directory, path);
  const before = readFileSync(file, 'utf8');
  if (before.split(find).length !== 2) throw new Error(`the defect no longer fits ${path}: its text must stand there exactly once`);
  writeFileSync(
    file,
    before.replace(find, () => replace),
  );
}

/** Makes the scratch copy with the defect in it. Remove it with `rmSync` when done. */
export function plantedCopy(defect: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'mamis-defect-'));
  for (const name of copied) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const replacement of readDefect(defect)) plant(directory, replacement);
  return directory;
}

export type ProofRun = { failed: boolean; output: string };

/** Runs one test file in a copy with the defect; `failed` must be true, and only by failing tests. */
export async function proofWith(
  defect: string,
  testFile: string,
  more: { databaseUrl: string; only?: string; env?: Record<string, string> },
): Promise<ProofRun> {
  const directory = plantedCopy(defect);
  try {
    const { status, output } = await runVitest(directory, more.only === undefined ? [testFile] : [testFile, '-t', more.only], {
      ...more.env,
      TEST_DATABASE_URL: more.databaseUrl,
      PLANTED: '1',
    });
    if (!/Tests\s+.*\d+ (passed|failed)/.test(output)) throw new Error(`the proof did not run:\n${output}`);
    return { failed: status !== 0, output };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runVitest(directory: string, args: readonly string[], env: Record<string, string>): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--no-color', '--bail=1', ...args], {
      cwd: directory,
      env: { ...process.env, ...env, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
