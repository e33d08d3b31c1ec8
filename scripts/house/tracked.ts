import { spawnSync } from 'node:child_process';
import type { Finding } from './source.ts';

const rule = 'tracked';
/** Installed or built, never a part of the source; a link of that name counts too. */
const foreign = ['node_modules', 'build', 'data', '.react-router'];

/** What git keeps although it is installed or built: checking it out would replace the real folder. Nothing to find outside of git. */
export function trackedFindings(root: string): Finding[] {
  const kept = spawnSync('git', ['ls-files', '--', ...foreign], { cwd: root, encoding: 'utf8' });
  if (kept.status !== 0) return [];
  const names = new Set(kept.stdout.split('\n').flatMap((path) => path.split('/')[0] || []));
  return [...names].map((path) => ({ path, line: 1, rule, text: `${path} must not be committed: git rm --cached ${path}` }));
}
