import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** All checks besides the tests, one line each; what failed shows what it said. The exit code is 0 only when all are well. */
const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const node = process.execPath;
const rooms = ['src', 'tests', 'scripts', 'bench'];

const checks: readonly { name: string; commands: readonly (readonly string[])[] }[] = [
  {
    name: 'types',
    commands: [
      [bin('react-router'), 'typegen'],
      [bin('tsc'), '-p', 'tsconfig.json'],
      [bin('tsc'), '-p', 'tsconfig.pure.json'],
    ],
  },
  { name: 'lint', commands: [[bin('oxlint')]] },
  { name: 'house', commands: [[node, 'scripts/house-check.ts']] },
  { name: 'format', commands: [[bin('biome'), 'format', '--max-diagnostics=20']] },
  { name: 'walls', commands: [[bin('depcruise'), ...rooms]] },
  { name: 'unused', commands: [[bin('knip'), '--no-progress']] },
  { name: 'generated', commands: [[node, 'scripts/generate.ts', '--check']] },
];

/** What the first failing command of a check said; undefined when all went well. */
function failureOf(commands: readonly (readonly string[])[]): string | undefined {
  for (const [program = '', ...args] of commands) {
    const path = `${join(node, '..')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    const run = spawnSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: path, NO_COLOR: '1' },
      maxBuffer: 100_000_000,
    });
    if (run.status !== 0) return `${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`;
  }
  return undefined;
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const { name, commands } of checks.filter((check) => wanted.length === 0 || wanted.includes(check.name))) {
  const began = Date.now();
  const failure = failureOf(commands);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${name.padEnd(10)} ${failure === undefined ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (failure === undefined) continue;
  failed += 1;
  console.log(
    failure
      .trimEnd()
      .split('\n')
      .slice(0, 200)
      .map((line) => `    ${line}`)
      .join('\n'),
  );
}
process.exitCode = failed === 0 ? 0 : 1;
