import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** LibreOffice, where the operator has installed it: Word and Excel of any age as PDF, drawn as their authors see them. */

/** Milliseconds until the program is ended; its first start on a slow machine takes ten seconds. */
const LIFE = 45_000;

const names = ['soffice', 'libreoffice'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program on the search path, undefined where there is none. Windows has its own way to start it and is left out. */
export function findOfficeProgram(searchPath: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const places = searchPath.split(delimiter).filter((place) => place !== '');
  return places.flatMap((place) => names.map((name) => join(place, name))).find(isProgram);
}

/** No macro runs, no link is followed, nothing is asked or fetched, whatever the file wants. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${[
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
  ['Office.Writer/Content/Update', 'Link', '2'],
  ['Office.Calc/Content/Update', 'Link', '2'],
]
  .map(
    ([path, name, value]) =>
      `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  .join('\n')}
</oor:items>
`;

/** Ended with everything it has started: the program is a script that starts others. */
function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

type Run = { program: string; home: string; args: readonly string[]; life: number };

/** True when the program ended by itself without complaint. Processor time and sizes of files are bounded by the system. */
function runProgram({ program, home, args, life }: Run): Promise<boolean> {
  return new Promise((resolve) => {
    const bounds = `ulimit -t ${Math.ceil(life / 1000)}; ulimit -f 200000; ulimit -v 4000000; exec "$@"`;
    const child = spawn('/bin/sh', ['-c', bounds, 'sh', program, ...args], {
      cwd: home,
      detached: true,
      stdio: 'ignore',
      // Nothing of our environment; a proxy that answers nobody stops what would fetch.
      env: {
        HOME: home,
        TMPDIR: home,
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        http_proxy: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
      },
    });
    const timer = setTimeout(() => end(child.pid), life);
    const finish = (good: boolean) => {
      clearTimeout(timer);
      end(child.pid);
      resolve(good);
    };
    child.once('error', () => finish(false));
    child.once('exit', (code) => finish(code === 0));
  });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export type OfficeJob = { bytes: Uint8Array; ending: string; life?: number };

/** The document as PDF; undefined when the program fails, takes too long or gives nothing. */
export async function convertToPdf(program: string, { bytes, ending, life = LIFE }: OfficeJob): Promise<Uint8Array | undefined> {
  const home = await mkdtemp(join(tmpdir(), 'mamis-office-'));
  try {
    await mkdir(join(home, 'profile/user'), { recursive: true });
    await writeFile(join(home, 'profile/user/registrymodifications.xcu'), settings);
    await writeFile(join(home, `document.${ending}`), bytes, { mode: 0o600 });
    const args = [
      '--headless',
      '--norestore',
      '--nolockcheck',
      '--nodefault',
      '--nofirststartwizard',
      `-env:UserInstallation=${pathToFileURL(join(home, 'profile')).href}`,
      '--convert-to',
      'pdf',
      '--outdir',
      home,
      join(home, `document.${ending}`),
    ];
    const good = await runProgram({ program, home, args, life });
    return good ? await readIfThere(join(home, 'document.pdf')) : undefined;
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
