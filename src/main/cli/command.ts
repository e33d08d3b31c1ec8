import type { Settings } from '../config.ts';

export type CliCall = {
  settings: Settings;
  /** Connection URL of the owner role. */
  ownerUrl: string;
  /** What follows the name of the command. */
  args: readonly string[];
  print: (line: string) => void;
  printError: (line: string) => void;
};

export type CliCommand = {
  /** One line for the list of commands. */
  about: string;
  /** Options for the list of commands, '' for none. */
  options: string;
  /** The exit status: 0 all well, 1 findings, 2 wrong use. */
  run: (call: CliCall) => Promise<number>;
};
