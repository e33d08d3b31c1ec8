import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { auditDigest, auditVerify } from './cli/audit.ts';
import type { CliCommand } from './cli/command.ts';
import { initialLogin } from './cli/initial-login.ts';
import { mailBounce } from './cli/mail.ts';
import { migrateDatabase } from './cli/migrate.ts';
import { placesLoad } from './cli/places.ts';
import { settingsList, settingsSet } from './cli/settings.ts';
import { termsPublish } from './cli/terms.ts';
import { readSettings } from './config.ts';
import { joinDatabase } from './database.ts';
import { sentenceFor, StartError } from './start-error.ts';

/**
 * Commands for the operator: `node src/main/cli.ts audit verify`. They join a running MAMIS or start its database for
 * their own time. Exit status: 0 all well, 1 findings, 2 could not be carried out.
 */
const commands: Readonly<Record<string, CliCommand>> = {
  'audit verify': auditVerify,
  'audit digest': auditDigest,
  'initial-login': initialLogin,
  'mail bounce': mailBounce,
  migrate: migrateDatabase,
  'places load': placesLoad,
  'settings list': settingsList,
  'settings set': settingsSet,
  'terms publish': termsPublish,
};

const root = join(import.meta.dirname, '../..');
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

function usage(): string {
  const lines = Object.entries(commands).map(([name, command]) => `  ${`${name} ${command.options}`.padEnd(40)} ${command.about}`);
  return ['Usage: node src/main/cli.ts <command>', ...lines].join('\n');
}

/** The command named by the first words, and what follows them. */
function chosen(words: readonly string[]): { command: CliCommand; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return undefined;
}

async function carryOut(words: readonly string[]): Promise<number> {
  const found = chosen(words);
  if (found === undefined) {
    printError(usage());
    return 2;
  }
  const settings = readSettings(process.env, [], root);
  if (settings.databaseUrl === undefined && !existsSync(settings.dataDir)) {
    throw new StartError(`There is no MAMIS data in ${settings.dataDir}; set DATA_DIR to where it is.`);
  }
  const database = await joinDatabase(settings, printError);
  try {
    return await found.command.run({ settings, ownerUrl: database.ownerUrl, args: found.rest, print, printError });
  } finally {
    await database.stop();
  }
}

try {
  process.exitCode = await carryOut(process.argv.slice(2));
} catch (error) {
  printError(sentenceFor(error, { dataDir: process.env.DATA_DIR ?? 'data', event: 'could not do this' }));
  process.exitCode = 2;
}
