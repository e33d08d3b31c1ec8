import { changeSetting } from '#features/system-settings/commands/change-setting.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { definitionOf, isSystemSettingName, systemSettingNames } from '#features/system-settings/schema.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { asOperator } from './as-operator.ts';
import type { CliCall, CliCommand } from './command.ts';

async function list(call: CliCall, ctx: Context): Promise<number> {
  const settings = await readTransaction(ctx, (tx) => systemSettingsOf(tx));
  for (const name of systemSettingNames) {
    const { fallback, least, most, about } = definitionOf(name);
    call.print(`${name.padEnd(18)} ${String(settings[name]).padStart(6)}  ${about} (default ${fallback}, ${least} to ${most})`);
  }
  return 0;
}

async function change(call: CliCall, ctx: Context): Promise<number> {
  const [name = '', text = ''] = call.args;
  if (!isSystemSettingName(name) || !/^(\d{1,6}|default)$/.test(text)) {
    call.printError('usage: settings set <name> <number|default>; settings list shows the names');
    return 2;
  }
  const outcome = await run(changeSetting, ctx, { name, ...(text === 'default' ? {} : { value: Number(text) }) });
  if (outcome.ok) {
    call.print(`${outcome.value.name} is ${outcome.value.value} now.`);
    return 0;
  }
  call.printError(outcome.refusal.fields?.['value']?.join(' ') ?? outcome.refusal.message);
  return 2;
}

/** Shows the periods of the installation (`rules.md 4.4`). */
export const settingsList: CliCommand = {
  about: 'shows the periods of the installation',
  options: '',
  run: async (call) => await asOperator(call, async (ctx) => await list(call, ctx)),
};

/** Changes one of them; recorded in 操作履歴. */
export const settingsSet: CliCommand = {
  about: 'changes one of them',
  options: '<name> <number|default>',
  run: async (call) => await asOperator(call, async (ctx) => await change(call, ctx)),
};
