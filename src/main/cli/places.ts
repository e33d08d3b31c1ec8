import { readFile } from 'node:fs/promises';
import { isPlaceLine, loadPlaces } from '#features/identity/commands/load-places.ts';
import { run } from '#platform/command/command.ts';
import { decodeSheet, readCsv } from '#platform/sheet/read-csv.ts';
import { asOperator } from './as-operator.ts';
import type { CliCommand } from './command.ts';

const options = '<CSV file: network,place>';

/** Where networks are, for ログイン中の端末 (`screens.md D-05`); another file replaces all of it. */
export const placesLoad: CliCommand = {
  about: 'takes a table of networks and prefectures, shown beside logins',
  options,
  run: async (call) => {
    const [file] = call.args;
    const text = file === undefined ? undefined : decodeSheet(await readFile(file));
    const lines = text === undefined ? undefined : readCsv(text);
    if (lines === undefined) {
      call.printError(`usage: places load ${options}`);
      return 2;
    }
    const named = lines.map(({ line, cells: [network = '', place = ''] }) => ({ line, network, place }));
    const places = named.filter((one, index) => !(index === 0 && one.network === 'network'));
    const wrong = places.find((one) => !isPlaceLine(one));
    if (wrong !== undefined) {
      call.printError(`Line ${wrong.line} is not a network and a place; nothing was changed.`);
      return 2;
    }
    return await asOperator(call, async (ctx) => {
      const outcome = await run(loadPlaces, ctx, { places });
      if (!outcome.ok) {
        call.printError(outcome.refusal.message);
        return 2;
      }
      call.print(`${outcome.value.rows} networks are known.`);
      return 0;
    });
  },
};
