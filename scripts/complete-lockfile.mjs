// Writes into package-lock.json the packages of other platforms that npm left out. npm drops an optional
// package when the registry in use does not carry it, and `npm ci` then refuses the lockfile everywhere.
// Run it after every change of a dependency: node scripts/complete-lockfile.mjs
// With --check it changes nothing and fails when something is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32', 'windows', 'win', 'aix', 'netbsd', 'openbsd'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

/** The platform a package name ends with, e.g. "…-linux-arm64-musl"; null when it names none. */
function platformOf(name) {
  const parts = name.split(/[-/]/);
  const system = SYSTEMS.find((word) => parts.includes(word));
  const processor = PROCESSORS.find((word) => parts.includes(word));
  if (processor === undefined) return null;
  if (processor === 'wasm32') return { cpu: ['wasm32'] };
  if (system === undefined) return null;
  const os = system.startsWith('win') ? 'win32' : system;
  const last = parts.at(-1);
  const libc = last.startsWith('musl') ? 'musl' : last.startsWith('gnu') && os === 'linux' ? 'glibc' : null;
  return { cpu: [processor], os: [os], ...(libc === null ? {} : { libc: [libc] }) };
}

const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (platform === null || !/^\d/.test(version)) continue;
    if (lock.packages[`${path}/node_modules/${name}`] !== undefined || lock.packages[`node_modules/${name}`] !== undefined) continue;
    const { cpu, ...rest } = platform;
    lock.packages[`node_modules/${name}`] = { version, cpu, ...(entry.dev ? { dev: true } : {}), optional: true, ...rest };
    added.push(`${name}@${version}`);
  }
}

if (added.length === 0) {
  console.log('The lockfile is complete.');
} else if (process.argv.includes('--check')) {
  console.error(`The lockfile lacks ${added.join(', ')}; run "node scripts/complete-lockfile.mjs".`);
  process.exitCode = 1;
} else {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`Added to the lockfile: ${added.join(', ')}`);
}
