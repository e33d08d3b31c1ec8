import { parseLicenceInput } from '#kernel/licence.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { issueInitialLogin } from '#features/entrance/commands/issue-initial-login.ts';
import { personOfLicence } from '#features/person/queries/person.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { asOperator } from './as-operator.ts';
import type { CliCommand } from './command.ts';

/** 初期のログイン情報 for the letter L-01 of a migrated doctor; shown this once (`screens.md A-10`). */
export const initialLogin: CliCommand = {
  about: 'makes the initial login of a migrated doctor, for his letter',
  options: '<licence number>',
  run: async (call) =>
    await asOperator(call, async (ctx) => {
      const number = parseLicenceInput(call.args[0] ?? '');
      const personId = number === undefined ? undefined : await readTransaction(ctx, (tx) => personOfLicence(tx, number));
      if (personId === undefined) {
        call.printError('There is no doctor with this licence number.');
        return 2;
      }
      const issued = await issueInitialLogin(ctx, personId);
      if (!issued.ok) {
        call.printError(issued.refusal.message);
        return 2;
      }
      const { loginId, password, until } = issued.value;
      call.print(`login ID ${loginId}`);
      call.print(`password ${password}`);
      call.print(`until    ${formatInstant(until)}`);
      return 0;
    }),
};
