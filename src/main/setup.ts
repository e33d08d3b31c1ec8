import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { needsFirstAdmin } from '#features/staff/queries/setup-state.ts';
import { openSetup } from '#features/staff/setup-code.ts';
import type { Database } from '#platform/db/database.ts';
import { readIfThere, writeNewFile } from './private-file.ts';

/** 80 random bits in groups that people can type. */
function newCode(): string {
  return randomBytes(10)
    .toString('hex')
    .replaceAll(/(.{4})(?!$)/g, '$1-');
}

function keptCode(path: string): string {
  const known = readIfThere(path)?.trim();
  if (known !== undefined && known !== '') return known;
  if (known !== undefined) rmSync(path); // emptied by a crash or a full disk
  const code = newCode();
  writeNewFile(path, `${code}\n`);
  return code;
}

/**
 * Opens the first set-up while there is no staff member; the same code until it is used. Afterwards its file goes away.
 * The code, or undefined when there is nothing to set up.
 */
export async function prepareSetup(database: Database, dataDir: string): Promise<string | undefined> {
  const path = join(dataDir, 'setup-code');
  if (!(await needsFirstAdmin(database))) {
    rmSync(path, { force: true });
    return undefined;
  }
  const code = keptCode(path);
  openSetup(code);
  return code;
}
