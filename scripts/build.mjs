// Runs on any Node from 18 on: nothing but its own modules here.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, node24Environment, root, Sentence, step } from './dependencies.mjs';

const SOURCES = [
  'src',
  'public',
  'docs/manual',
  'scripts/manual-pdf.ts',
  'vite.config.ts',
  'react-router.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stamp = join(root, 'build', '.source-hash');

/** Builds pages and server unless the build of exactly these sources is there. */
export async function ensureBuild() {
  const hash = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  try {
    rmSync(stamp, { force: true });
    await step(
      'Building the pages',
      [node24, join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build'],
      node24Environment({ NODE_ENV: 'production' }),
    );
    mkdirSync(join(root, 'build'), { recursive: true });
    writeFileSync(stamp, hash);
  } catch (error) {
    if (error instanceof Sentence) throw error;
    throw new Sentence(
      `The build cannot be written in ${join(root, 'build')} (${error.code ?? error.message}); start MAMIS from the account that owns the directory.`,
    );
  }
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest('hex');
}

/** Directories in order of names, tests left out. */
function addTo(hash, path) {
  const at = join(root, path);
  if (!existsSync(at)) return;
  let entries;
  try {
    entries = readdirSync(at).sort();
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    hash.update(`${path}\0`).update(readFileSync(at));
    return;
  }
  for (const entry of entries) {
    if (!/\.test\.tsx?$/.test(entry)) addTo(hash, join(path, entry));
  }
}
