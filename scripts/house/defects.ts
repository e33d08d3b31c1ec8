import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDefect } from '#support/planted-defect.ts';
import type { Finding } from './source.ts';

/** A planted defect whose text has changed proves nothing any more: it must move with the sources. */
export function defectFindings(root: string): Finding[] {
  return globSync('tests/**/*.defect', { cwd: root }).flatMap((path) => {
    const lost = readDefect(readFileSync(join(root, path), 'utf8')).filter(
      (change) => readFileSync(join(root, change.path), 'utf8').split(change.find).length !== 2,
    );
    return lost.map((change) => ({ rule: 'defect-fits', path, line: 1, text: `its text must stand exactly once in ${change.path}` }));
  });
}
