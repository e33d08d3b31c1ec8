import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildTree, type Files } from './fixture-tree.ts';

const root = join(import.meta.dirname, '../..');
const report = z.object({ diagnostics: z.array(z.object({ code: z.string().default('(unparsable)'), filename: z.string() })) });

function longFile(lines: number): string {
  return Array.from({ length: lines }, (_, line) => `export const a${line} = 1;\n`).join('');
}

/** The rules of the house that the linter keeps: what breaks them, and where. */
const plants: readonly [rule: string, path: string, text: string][] = [
  ['typescript(no-explicit-any)', 'src/platform/any.ts', 'export const read = (value: any): string => String(value);\n'],
  ['typescript(no-non-null-assertion)', 'src/platform/bang.ts', 'export const first = (words: string[]): string => words[0]!;\n'],
  [
    'typescript(consistent-type-assertions)',
    'src/features/person/as.ts',
    'export const read = (value: unknown): string => value as string;\n',
  ],
  ['typescript(consistent-type-assertions)', 'src/kernel/as.ts', 'export const read = (value: unknown): string => value as string;\n'],
  [
    'typescript(no-floating-promises)',
    'src/platform/floating.ts',
    'const work = async (): Promise<void> => undefined;\nexport function start(): void {\n  work();\n}\n',
  ],
  [
    'typescript(no-misused-promises)',
    'src/platform/misused.ts',
    'export const each = (names: string[], work: (name: string) => Promise<void>): void => names.forEach(work);\n',
  ],
  ['typescript(ban-ts-comment)', 'src/platform/ignore.ts', "// @ts-ignore\nexport const day: number = 'x';\n"],
  ['typescript(no-unsafe-return)', 'src/platform/unsafe.ts', 'export const read = (text: string): { a: number } => JSON.parse(text);\n'],
  ['eslint(max-lines)', 'src/platform/long.ts', longFile(301)],
  ['eslint(max-lines)', 'src/platform/long.test.ts', longFile(501)],
  [
    'eslint(max-lines-per-function)',
    'src/ui/Long.tsx',
    `export function Long(): number {\n  let a = 0;\n${'  a += 1;\n'.repeat(50)}  return a;\n}\n`,
  ],
  [
    'eslint(max-params)',
    'src/platform/params.ts',
    'export const add = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
  ],
  ['node(no-process-env)', 'src/features/person/env.ts', "export const home = process.env['HOME'];\n"],
  ['node(no-process-env)', 'src/platform/env.ts', "export const home = process.env['HOME'];\n"],
  ['eslint(no-console)', 'src/platform/console.ts', "console.log('x');\n"],
  [
    'eslint(no-empty)',
    'src/platform/silent.ts',
    'export function quiet(work: () => void): void {\n  try {\n    work();\n  } catch {}\n}\n',
  ],
  ['eslint(no-warning-comments)', 'src/platform/later.ts', '// TODO: later\nexport const a = 1;\n'],
  ['eslint(no-warning-comments)', 'src/platform/broken.ts', '// FIXME: now\nexport const a = 1;\n'],
  [
    'typescript(switch-exhaustiveness-check)',
    'src/platform/switch.ts',
    "export function name(state: 'a' | 'b'): string {\n  switch (state) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}\n",
  ],
];

/** What looks like the plants and is allowed. */
const clean: Files = {
  'src/platform/as.ts': 'export const read = (value: unknown): string => value as string;\n',
  'src/features/person/const.ts': "export const words = ['a', 'b'] as const;\n",
  'src/main/config.ts': "export const home = process.env['HOME'];\nconsole.log(home);\n",
  'scripts/say.ts': "console.log('x');\n",
  'src/platform/short.test.ts': `import { expect, it } from 'vitest';\n${'// why\n'.repeat(400)}it('works', () => expect(1).toBe(1));\n`,
};

/** All findings as `rule path`. */
function lint(files: Files): string[] {
  const tree = buildTree(files);
  try {
    const run = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'json'], {
      cwd: tree.path,
      encoding: 'utf8',
      maxBuffer: 50_000_000,
    });
    const { diagnostics } = report.parse(JSON.parse(run.stdout));
    expect(run.status).toBe(diagnostics.length > 0 ? 1 : 0);
    return diagnostics.map((finding) => `${finding.code} ${finding.filename}`);
  } finally {
    tree.remove();
  }
}

describe('the linter', () => {
  let found: string[] = [];
  beforeAll(() => {
    found = lint(Object.fromEntries(plants.map(([, path, text]) => [path, text])));
  });

  it.each(plants)('%s is found in %s', (rule, path) => {
    expect(found).toContain(`${rule} ${path}`);
  });

  it('what is allowed is not found', () => {
    expect(lint(clean)).toEqual([]);
  });
});
