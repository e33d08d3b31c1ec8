import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildTree, type Files } from './fixture-tree.ts';

const root = join(import.meta.dirname, '../..');

/** Runs a tool of the packages in a house of these files; its exit code and what it says. */
function run(files: Files, program: string, args: readonly string[]): { status: number | null; said: string } {
  const tree = buildTree(files);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: tree.path,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { status, said: stdout + stderr };
  } finally {
    tree.remove();
  }
}

describe('pure files compile without browser and Node', () => {
  const compile = (files: Files) =>
    run(files, 'typescript/bin/tsc', ['-p', 'tsconfig.pure.json', '--incremental', 'false', '--tsBuildInfoFile', 'null']);
  const plants: readonly [path: string, text: string, said: string][] = [
    ['src/kernel/day.ts', "export const home = process.env['HOME'];\n", "Cannot find name 'process'"],
    ['src/features/person/rules.ts', 'export const title = document.title;\n', "Cannot find name 'document'"],
    ['src/features/person/policy.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n", "'node:fs'"],
    ['src/features/person/fields.ts', 'export const wait = setTimeout;\n', "Cannot find name 'setTimeout'"],
  ];

  it('each that leans on them is found', () => {
    const found = compile(Object.fromEntries(plants.map(([path, text]) => [path, text])));
    expect(found.status).not.toBe(0);
    const lines = found.said.split('\n');
    for (const [path, , said] of plants) expect(lines.find((line) => line.startsWith(path))).toContain(said);
  });

  it('a clean one passes', () => {
    const clean = { 'src/kernel/day.ts': 'export const day = (text: string): string => text.slice(0, 10);\n' };
    expect(compile(clean)).toEqual({ status: 0, said: '' });
  });
});

describe('what nothing uses', () => {
  const used: Files = {
    'src/main/start.ts': "import { day } from '../kernel/day.ts';\nconsole.log(day);\n",
    'src/kernel/day.ts': 'export const day = 1;\n',
  };
  const look = (files: Files) => run({ ...used, ...files }, 'knip/bin/knip.js', ['--no-progress', '--include', 'files,exports,types']);

  it('a file, an export and a type are found', () => {
    const more = {
      'src/kernel/dead.ts': 'export const dead = 1;\n',
      'src/kernel/day.ts': 'export const day = 1;\nexport const late = 2;\nexport type Late = 3;\n',
    };
    const found = look(more);
    expect(found.status).toBe(1);
    for (const name of ['src/kernel/dead.ts', 'late', 'Late']) expect(found.said).toContain(name);
  });

  it('a clean house passes', () => {
    expect(look({}).status).toBe(0);
  });
});

describe('the format', () => {
  const look = (text: string) => run({ 'src/kernel/day.ts': text }, '@biomejs/biome/bin/biome', ['format', 'src']).status;

  it('another one is found, ours passes', () => {
    expect(look('export const a = "x"\n')).toBe(1);
    expect(look("export const a = 'x';\n")).toBe(0);
  });
});
