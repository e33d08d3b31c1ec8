// Runs on any Node from 18 on: nothing but its own modules here.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { step } from './dependencies.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of the journeys: found, or installed where we may. Null after saying what to do. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await step('Reading the package lists', ['apt-get', 'update', '-q'], env);
      await step('Installing Chromium', ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], env);
    } catch (error) {
      console.error(error.message);
    }
  }
  const installed = findChromium();
  if (installed === null) {
    console.error(
      'The browser journeys need Chromium. On Debian or Ubuntu: "sudo apt-get install chromium fonts-noto-cjk"; elsewhere: "npx playwright install chromium"; or set CHROMIUM to the path of a Chromium or Chrome.',
    );
  }
  return installed;
}

function findChromium() {
  if (process.env.CHROMIUM) return runs(process.env.CHROMIUM) ? process.env.CHROMIUM : null;
  const places = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => places.map((place) => join(place, command)));
  const mac = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  return [...onPath, ...mac, ...playwrightCache()].find((path) => existsSync(path) && runs(path)) ?? null;
}

function playwrightCache() {
  const standard = process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright';
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), standard);
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache)
    .filter((name) => name.startsWith('chromium-'))
    .sort()
    .reverse();
  const programs = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'];
  return versions.flatMap((version) => programs.map((program) => join(cache, version, program)));
}

/** Ubuntu's chromium-browser may be an empty shell that only points to a snap. */
function runs(path) {
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}
