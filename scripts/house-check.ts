import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { applicationFlow, decideFlow } from '#features/application/flow.ts';
import { clockFindings } from './house/clock.ts';
import { defectFindings } from './house/defects.ts';
import { docstringFindings } from './house/docstrings.ts';
import { japaneseFindings } from './house/japanese.ts';
import { packageFindings, readPackages } from './house/packages.ts';
import { barrelFindings, folderFindings } from './house/rooms.ts';
import { type Finding, readSources, type Source } from './house/source.ts';
import { stateFindings } from './house/states.ts';
import { trackedFindings } from './house/tracked.ts';

const states: ReadonlySet<string> = new Set<string>([...applicationFlow.states, ...decideFlow.states]);

/** All checks of one file. */
export function houseFindings(source: Source): Finding[] {
  return [
    ...folderFindings(source),
    ...barrelFindings(source),
    ...clockFindings(source),
    ...stateFindings(source, states),
    ...japaneseFindings(source),
    ...docstringFindings(source),
  ];
}

/** The rules of the house that no bought tool knows: node scripts/house-check.ts */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..');
  const found = [
    ...readSources(root).flatMap((source) => houseFindings(source)),
    ...packageFindings(readPackages(root)),
    ...trackedFindings(root),
    ...defectFindings(root),
  ];
  for (const finding of found) console.log(`${finding.path}:${finding.line}: ${finding.text} [${finding.rule}]`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
