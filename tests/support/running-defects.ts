import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Where the defects lie that are shown on the running product. */
const folders = {
  crash: 'tests/chaos/defects/crash',
  abuse: 'tests/abuse/defects',
  outage: 'tests/chaos/defects/outage',
  matrix: 'tests/permissions/defects/matrix',
  model: 'tests/model/defects/pages',
  privacy: 'tests/privacy/defects',
  signIn: 'tests/sign-in/defects',
} as const;

function defectsIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** All of them, as paths from the root. */
export const runningDefects: readonly string[] = Object.values(folders).flatMap(defectsIn);

/** Names of the defects of one proof, as PLANTED wants them. */
export function defectsOf(proof: keyof typeof folders): string[] {
  return readdirSync(join(root, folders[proof])).map((name) => name.replace(/\.defect$/, ''));
}
