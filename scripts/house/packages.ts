import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from './source.ts';

const rule = 'dependencies';
const mostRuntime = 30;
const names = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: names, devDependencies: names, optionalDependencies: names });

/** The manifest and docs/dependencies.md of the house. */
export function readPackages(root: string): { manifest: unknown; document: string } {
  return {
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    document: readFileSync(join(root, 'docs/dependencies.md'), 'utf8'),
  };
}

/** Every direct dependency has its line with its licence, none too many; exact versions; at most 30 at run time. */
export function packageFindings(given: { manifest: unknown; document: string }): Finding[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest.parse(given.manifest);
  const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
  const lines = given.document.split('\n').flatMap((line) => {
    const [, name, ...cells] = /^\| `([^`]+)` \| (.*) \|$/.exec(line) ?? [];
    return name === undefined
      ? []
      : [
          {
            name,
            complete:
              cells
                .join('')
                .split(' | ')
                .filter((cell) => cell.trim() !== '').length === 3,
          },
        ];
  });
  const texts = [
    ...Object.keys(wanted)
      .filter((name) => !lines.some((line) => line.name === name && line.complete))
      .map((name) => `${name} has no complete line in docs/dependencies.md`),
    ...lines
      .filter((line) => wanted[line.name] === undefined)
      .map((line) => `${line.name} has a line in docs/dependencies.md and is not in package.json`),
    ...Object.entries(wanted)
      .filter(([, version]) => !/^\d/.test(version))
      .map(([name]) => `${name} has no exact version`),
    ...(Object.keys(dependencies).length > mostRuntime ? [`more than ${mostRuntime} runtime dependencies`] : []),
  ];
  return texts.map((text) => ({ rule, path: 'package.json', line: 1, text }));
}
