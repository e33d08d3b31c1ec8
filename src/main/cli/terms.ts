import { readFile } from 'node:fs/promises';
import { publishTerms } from '#features/entrance/commands/publish-terms.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { asOperator } from './as-operator.ts';
import type { CliCall, CliCommand } from './command.ts';

const options = '<terms|privacy|office> <text file> <changes file> <in force from> [<agree by>]';

async function publish(call: CliCall, ctx: Context): Promise<number> {
  const [kind, bodyFile, changesFile, effectiveOn, agreeBy = ''] = call.args;
  if (bodyFile === undefined || changesFile === undefined || effectiveOn === undefined) {
    call.printError(`usage: terms publish ${options}`);
    return 2;
  }
  const [body, changes] = [await readFile(bodyFile, 'utf8'), await readFile(changesFile, 'utf8')];
  const outcome = await run(publishTerms, ctx, { kind, body, changes, effectiveOn, agreeBy });
  if (outcome.ok) {
    call.print(`${kind ?? ''} version ${outcome.value.version} is in force from ${effectiveOn}.`);
    return 0;
  }
  const fields = Object.values(outcome.refusal.fields ?? {}).flat();
  call.printError(fields.length > 0 ? fields.join(' ') : outcome.refusal.message);
  return 2;
}

/** A new version of 利用規約, 個人情報の取り扱い or 事務局規約 (`screens.md A-17`); with a last day, logins ask for consent. */
export const termsPublish: CliCommand = {
  about: 'makes a new version of a text that people agree to',
  options,
  run: async (call) => await asOperator(call, async (ctx) => await publish(call, ctx)),
};
