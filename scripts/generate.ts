import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneTemplate, prepareTemplate } from '#support/template.ts';
import { openTestServer } from '#support/test-server.ts';

/**
 * Writes everything that is made from something else: types and description of the database, the API's description, the
 * pictures of the flows, the tables of variant glyphs. With --check nothing stays changed: the exit code is 1 when a
 * committed file is not what its source gives. Runs on the PostgreSQL of TEST_DATABASE_URL, or on an embedded one.
 */
const root = join(import.meta.dirname, '..');
const scripts = ['generate-glyphs.ts', 'generate-flows.ts', 'generate-openapi.ts', 'generate-db.ts'];
const places = ['src/kernel/glyph-variants.gen.ts', 'src/platform/db/schema.gen.ts', 'db/schema.sql', 'docs/openapi.json', 'docs/flows'];
const log = (line: string): void => console.log(line);

/** Text of every generated file that is there, by path. */
function readAll(): Map<string, string> {
  const there = places.filter((place) => existsSync(join(root, place)));
  const paths = there.flatMap((place) =>
    place.includes('.') ? [place] : readdirSync(join(root, place)).map((name) => `${place}/${name}`),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function putBack(path: string, text: string | undefined): void {
  if (text === undefined) rmSync(join(root, path));
  else writeFileSync(join(root, path), text);
}

async function generateAll(): Promise<void> {
  const server = await openTestServer(log);
  try {
    const database = await cloneTemplate(server.adminUrl, await prepareTemplate(server.adminUrl, log));
    try {
      for (const script of scripts) runScript(script, database.ownerUrl);
    } finally {
      await database.drop();
    }
  } finally {
    await server.stop();
  }
}

function runScript(script: string, url: string): void {
  const run = spawnSync(process.execPath, [join(root, 'scripts', script), ...(script === 'generate-db.ts' ? [url] : [])], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  });
  if (run.status !== 0) throw new Error(`${script} failed: ${run.stderr}${run.stdout}`);
}

const before = readAll();
await generateAll();
const after = readAll();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
if (process.argv.includes('--check')) {
  for (const path of changed) putBack(path, before.get(path));
  for (const path of changed) log(`${path} is not what its source gives; run npm run generate`);
  process.exitCode = changed.length === 0 ? 0 : 1;
} else {
  for (const path of changed) log(`${path} is new`);
}
