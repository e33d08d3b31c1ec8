// `npm start`: brings packages and build up to date, then hands over to Node 24.
// Runs on any Node from 18 on: nothing but its own modules here.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { endWith, ensureDependencies, node24, node24Environment, root } from './dependencies.mjs';

try {
  await ensureDependencies();
  await ensureBuild();
  handOver();
} catch (error) {
  endWith(error);
}

/** The channel tells MAMIS when we are killed; signals that only reach us are passed on. */
function handOver() {
  const program = join(root, 'src/main/start.ts');
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
    cwd: root,
    env: node24Environment({ NODE_ENV: process.env.NODE_ENV ?? 'production' }),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', endWith);
  child.on('exit', (status, signal) => {
    if (signal !== null) console.error(`MAMIS was ended by ${signal}.`);
    process.exit(status ?? 1);
  });
  if (process.env.npm_lifecycle_event === 'start') followNpm(child);
}

/** npm's shell does not always pass signals on: when npm is gone, so is the reason to run. */
function followNpm(child) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
}
