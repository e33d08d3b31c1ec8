// `npm test`: brings packages, browser and build up to date, then runs all tests on Node 24.
// `--no-journeys` leaves the browser out; other arguments go to vitest.
// Runs on any Node from 18 on: nothing but its own modules here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { endWith, ensureDependencies, node24, node24Environment, root } from './dependencies.mjs';

try {
  await ensureDependencies();
  const more = { NODE_ENV: 'test' };
  if (!process.argv.includes('--no-journeys') && existsSync(join(root, 'playwright.config.ts'))) {
    more.CHROMIUM = (await ensureChromium()) ?? '';
  }
  await ensureBuild();
  handOver(more);
} catch (error) {
  endWith(error);
}

function handOver(more) {
  const program = join(root, 'scripts/run-tests.ts');
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
    cwd: root,
    env: node24Environment(more),
    stdio: 'inherit',
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', endWith);
  child.on('exit', (status) => process.exit(status ?? 1));
}
