import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentenceFor } from '#main/start-error.ts';
import { openTestServer } from '#support/test-server.ts';
import { add, type Count, countJourneys, countTests, NOTHING } from './count-tests.ts';

/**
 * All tests on one server: vitest, then the journeys in the browser. The last line is the true sum of
 * both; the exit code is 0 only when something ran and nothing failed.
 */
const root = join(import.meta.dirname, '..');
const journeys = !process.argv.includes('--no-journeys') && existsSync(join(root, 'playwright.config.ts'));
const forVitest = process.argv.slice(2).filter((arg) => arg !== '--no-journeys');
/** A test waits for the database half of its time: two at once also where there are only two processors. */
const workers = Math.max(2, availableParallelism() - 1);
const log = (line: string): void => console.log(line);
let stopped = false;

async function runAll(scratch: string): Promise<Count> {
  const server = await openTestServer(log);
  const env = { ...process.env, TEST_DATABASE_URL: server.adminUrl };
  try {
    const tests = await runVitest(join(scratch, 'vitest.json'), env);
    return journeys && !stopped ? add(tests, await runJourneys(join(scratch, 'journeys.json'), env)) : tests;
  } finally {
    await server.stop();
  }
}

async function runVitest(report: string, env: NodeJS.ProcessEnv): Promise<Count> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return countTests(report, await runProgram('vitest/vitest.mjs', ['run', `--maxWorkers=${workers}`, ...reporters, ...forVitest], env));
}

async function runJourneys(report: string, env: NodeJS.ProcessEnv): Promise<Count> {
  if (env.CHROMIUM === '') {
    log('The journeys did not run: there is no Chromium (see above).');
    return { ...NOTHING, failed: 1 };
  }
  const status = await runProgram('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return countJourneys(report, status);
}

/** Runs a program of the packages to its end; signals reach it too. */
function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const pass = (name: NodeJS.Signals): void => {
      stopped = true;
      child.kill(name);
    };
    const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const name of names) process.on(name, pass);
    child.once('error', reject);
    child.once('close', (status) => {
      for (const name of names) process.removeListener(name, pass);
      resolve(status ?? 1);
    });
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'mamis-report-'));
try {
  const count = await runAll(scratch);
  if (count.skipped > 0) log(`${count.skipped} skipped`);
  log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed === 0 && count.passed > 0 && !stopped ? 0 : 1;
} catch (error) {
  console.error(sentenceFor(error, { dataDir: tmpdir(), event: 'tests could not run' }));
  log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
