import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { houseFindings } from '../../scripts/house-check.ts';
import { defectFindings } from '../../scripts/house/defects.ts';
import { packageFindings } from '../../scripts/house/packages.ts';
import { sourceOf } from '../../scripts/house/source.ts';
import { trackedFindings } from '../../scripts/house/tracked.ts';
import { buildTree } from './fixture-tree.ts';

/** Names of the own rules that a file breaks. */
function broken(path: string, text: string): string[] {
  return [...new Set(houseFindings(sourceOf(path, text)).map((finding) => finding.rule))];
}

const doc = '/** Says it. */\n';

describe('own checks of the house', () => {
  it.each([
    ['folder-name', 'src/features/person/utils/name.ts', `${doc}export const name = (): string => 'a';\n`],
    ['folder-name', 'src/platform/common/name.ts', 'export const name = 1;\n'],
    ['folder-name', 'tests/helpers/name.ts', 'export const name = 1;\n'],
    ['barrel', 'src/features/person/index.ts', "export { name } from './name.ts';\nexport const a = 1;\n"],
    ['barrel', 'src/features/person/all.ts', "export { name } from './name.ts';\nexport { born } from './born.ts';\n"],
    ['barrel', 'src/features/person/all.ts', "export * from './name.ts';\nexport const a = 1;\n"],
    ['clock', 'src/features/person/rules.ts', 'export const now = new Date();\n'],
    ['clock', 'src/features/person/rules.ts', 'export const now = Date.now();\n'],
    ['clock', 'src/features/person/rules.ts', 'export const draw = Math.random();\n'],
    ['clock', 'src/kernel/day.ts', 'export const now = new Date();\n'],
    [
      'state-comparison',
      'src/features/application/pages/list.tsx',
      "export default (row: { state: string }) => row.state === 'returned';\n",
    ],
    ['state-comparison', 'src/features/application/pages/list.tsx', "export default (row: { state: string }) => 'draft' !== row.state;\n"],
    [
      'state-comparison',
      'src/features/application/commands/open.ts',
      "export const open = (stepState: string) => ['arrived', 'received'].includes(stepState);\n",
    ],
    [
      'state-comparison',
      'src/features/application/store.server.ts',
      "export const f = (state: string) => { switch (state) { case 'approved': return 1; default: return 2; } };\n",
    ],
    ['japanese-text', 'src/features/person/commands/save.ts', "export const message = '保存しました';\n"],
    ['japanese-text', 'src/features/person/store.server.ts', 'export const message = (n: number) => `${n}件`;\n'],
    ['japanese-text', 'src/main/start.ts', "export const message = '起動しました';\n"],
    ['japanese-text', 'src/features/person/queries/list.ts', "export const input = textInput('氏名', { hint: '全角で' });\n"],
    ['docstring', 'src/features/person/rules.ts', 'export function age(): number {\n  return 1;\n}\n'],
    ['docstring', 'src/platform/mail/send.ts', 'export const send = async (): Promise<void> => undefined;\n'],
  ])('%s is found in %s', (rule, path, text) => {
    expect(broken(path, text)).toContain(rule);
  });

  it('every dependency has its line, its licence and an exact version', () => {
    const texts = (manifest: unknown, document: string) => packageFindings({ manifest, document }).map((finding) => finding.text);
    const line = '| `zod` | schemas | one for all | MIT |';
    expect(texts({ dependencies: { zod: '4.6.7' } }, line)).toEqual([]);
    expect(texts({ dependencies: { zod: '4.6.7' } }, '')).toEqual(['zod has no complete line in docs/dependencies.md']);
    expect(texts({ dependencies: { zod: '4.6.7' } }, '| `zod` | schemas | | MIT |')).toEqual([
      'zod has no complete line in docs/dependencies.md',
    ]);
    expect(texts({}, line)).toEqual(['zod has a line in docs/dependencies.md and is not in package.json']);
    expect(texts({ devDependencies: { zod: '^4.6.7' } }, line)).toEqual(['zod has no exact version']);
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`p${n}`, '1.0.0']));
    expect(texts({ dependencies: many }, '')).toContain('more than 30 runtime dependencies');
  });

  it('finds a planted defect that no longer fits its source', () => {
    const defect = 'why\n--- src/a.ts\n<<<<\nconst one = 1;\n====\nconst one = 2;\n>>>>\n';
    const findings = (text: string) => {
      const tree = buildTree({ 'src/a.ts': text, 'tests/defects/one.defect': defect });
      try {
        return defectFindings(tree.path).map((finding) => finding.rule);
      } finally {
        tree.remove();
      }
    };
    expect(findings('const one = 1;\n')).toEqual([]);
    expect(findings('const two = 1;\n')).toEqual(['defect-fits']);
    expect(findings('const one = 1;\n{\n  const one = 1;\n}\n')).toEqual(['defect-fits']);
  });

  it.each([
    ['src/features/person/name.ts', "export { name } from './other.ts';\nexport const a = 1;\n"],
    ['src/features/person/rules.ts', "export const day = new Date('2026-01-01');\n"],
    ['src/features/person/rules.test.ts', 'export const now = new Date();\n'],
    ['src/main/start.ts', 'export const now = new Date();\n'],
    ['src/features/application/flow.ts', `${doc}export const isOpen = (state: string) => state === 'submitted';\n`],
    ['src/features/application/pages/list.tsx', "export default (navigation: { state: string }) => navigation.state === 'submitted';\n"],
    [
      'src/features/application/commands/act.ts',
      "const is = (input: { action: string }) => input.action === 'return';\nexport const a = [is];\n",
    ],
    ['src/features/person/fields.ts', "export const label = '氏名';\n"],
    ['src/features/person/queries/list.ts', "export const input = textInput('氏名', { max: 10 });\n"],
    ['src/features/person/messages.ts', "export const label = '保存しました';\n"],
    [
      'src/features/person/pages/list.tsx',
      'export default function List() {\n  return <h1>会員</h1>;\n}\nexport const meta = () => [{}];\n',
    ],
    ['src/platform/mail/send.ts', '// 日本語の注釈は文言ではない\nexport const send = 1;\n'],
    ['src/platform/mail/send.ts', `${doc}export function send(): void {}\n`],
  ])('nothing is found in %s', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });
});

describe('what git keeps', () => {
  it('a link to installed packages is found, also where the list of ignored names misses it', () => {
    const root = mkdtempSync(join(tmpdir(), 'mamis-tracked-'));
    const git = (...words: string[]) => spawnSync('git', words, { cwd: root }).status;
    try {
      expect(trackedFindings(root)).toEqual([]);
      expect(git('init', '-q')).toBe(0);
      symlinkSync(tmpdir(), join(root, 'node_modules'));
      expect(trackedFindings(root)).toEqual([]);
      expect(git('add', 'node_modules')).toBe(0);
      expect(trackedFindings(root).map((finding) => finding.path)).toEqual(['node_modules']);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
