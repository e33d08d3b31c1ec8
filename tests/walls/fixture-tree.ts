import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const settings = [
  'package.json',
  'tsconfig.json',
  'tsconfig.pure.json',
  '.dependency-cruiser.cjs',
  '.oxlintrc.json',
  'knip.json',
  'biome.json',
];

export type Files = Readonly<Record<string, string>>;

/** A small house of its own, with the settings and packages of this one; `remove` it in the end. */
export function buildTree(files: Files): { path: string; remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'mamis-walls-')));
  for (const name of settings) copyFileSync(join(root, name), join(path, name));
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, dirname(name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
