import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { plantedCopy } from './planted-defect.ts';
import { runningDefects } from './running-defects.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Sources and build of a product with all defects asleep; PLANTED in the environment of its process wakes one. */
    plantedProduct: string;
  }
}

const root = join(import.meta.dirname, '../..');

/** A defect that slept under another name would never be woken. */
function readAsleep(path: string): string {
  const name = basename(path, '.defect');
  const text = readFileSync(join(root, path), 'utf8');
  if (!text.includes(`process.env['PLANTED'] === '${name}'`)) throw new Error(`${path} does not ask for its own name in PLANTED`);
  return text;
}

function build(directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build'], {
      cwd: directory,
      env: { ...process.env, NODE_ENV: 'production', VITEST: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`the planted product cannot be built:\n${Buffer.concat(said).toString('utf8')}`)),
    );
  });
}

/** Once per run: the product of these sources with every defect of the proofs over HTTP in it, built. */
export default async function setup(project: TestProject): Promise<() => void> {
  project.vitest.logger.log('Building the product with the planted defects …');
  const directory = plantedCopy(runningDefects.map(readAsleep).join('\n'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    await build(directory);
  } catch (error) {
    remove();
    throw error;
  }
  project.provide('plantedProduct', directory);
  return remove;
}
