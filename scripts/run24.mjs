// `node scripts/run24.mjs [--build] PROGRAM …`: brings the packages (and the build) up to date, then runs a program on Node 24.
// Runs on any Node from 18 on: nothing but its own modules here.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { endWith, ensureDependencies, node24, node24Environment, root } from './dependencies.mjs';

const args = process.argv.slice(2);
const build = args[0] === '--build';
const [program, ...rest] = build ? args.slice(1) : args;

try {
  await ensureDependencies();
  if (build) await ensureBuild();
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', join(root, program), ...rest], {
    cwd: root,
    env: node24Environment(),
    stdio: 'inherit',
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', endWith);
  child.on('exit', (status) => process.exit(status ?? 1));
} catch (error) {
  endWith(error);
}
