import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOfficeProgram } from '#platform/render/office-program.ts';

const libraries = { calc: 'libsclo.so', writer: 'libswlo.so' };

/**
 * LibreOffice of this machine, if it has the part asked for: it comes in parts, and Calc alone opens no letters.
 * @returns the path of `soffice`, or undefined
 */
export function officeWith(part: keyof typeof libraries): string | undefined {
  const program = findOfficeProgram(process.env['PATH'] ?? '');
  if (program === undefined) return undefined;
  return existsSync(join(dirname(realpathSync(program)), libraries[part])) ? program : undefined;
}
