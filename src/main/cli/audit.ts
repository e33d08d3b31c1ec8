import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { keepReport } from '#features/audit-trail/daily.ts';
import { writeDigest } from '#platform/audit/digest.ts';
import { digestKey, fingerprint } from '#platform/audit/digest-key.ts';
import type { AuditReport } from '#platform/audit/verify.ts';
import { verifyAudit } from '#platform/audit/verify.ts';
import type { Database } from '#platform/db/database.ts';
import { openDatabase } from '#platform/db/database.ts';
import { describeFailure } from '#platform/jobs/job-error.ts';
import { StartError } from '../start-error.ts';
import { asOperator } from './as-operator.ts';
import type { CliCall, CliCommand } from './command.ts';

async function withDatabase<T>(call: CliCall, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ url: call.ownerUrl, poolSize: 1, onError: (error) => call.printError(`database: ${error.name}`) });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function keyFrom(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path));
  } catch {
    throw new StartError(`${path} holds no public key.`);
  }
}

/** `--public-key file`: the operator's own copy, so that a replaced key on this machine does not vouch for itself. */
async function publicKeyOf(call: CliCall): Promise<KeyObject> {
  const at = call.args.indexOf('--public-key');
  const path = at === -1 ? undefined : call.args[at + 1];
  return path === undefined ? (await digestKey(call.settings.dataDir)).publicKey : keyFrom(path);
}

function reportLines(report: AuditReport): string[] {
  const chains = report.chains.flatMap((chain) =>
    chain.findings.map((finding) => (chain.traces.length === 0 ? `${chain.name}(${chain.rows}件): ${finding}` : `× ${finding}`)),
  );
  const verdict = report.intact
    ? `正常です(${report.rows}件を検証しました)。`
    : '改ざんまたは控えの不備が見つかりました。上の × の行をご確認ください。';
  return [...chains, ...report.problems.map((problem) => `× ${problem}`), verdict];
}

/** The result stands above 操作履歴 of each office (O-18). A copy of the database that takes no changes can be verified all the same. */
async function keep(call: CliCall, report: AuditReport): Promise<void> {
  try {
    await asOperator(call, async (ctx) => {
      await keepReport(ctx, report);
      return 0;
    });
  } catch (error) {
    call.printError(`The result could not be kept in the database: ${describeFailure(error)}`);
  }
}

/** Checks all chains of 操作履歴 against themselves and the digests outside the database (`rules.md 8.1`). */
export const auditVerify: CliCommand = {
  about: 'checks 操作履歴 for falsification',
  options: '[--public-key file]',
  run: async (call) => {
    const publicKey = await publicKeyOf(call);
    const { digestDir } = call.settings;
    const report = await withDatabase(call, async ({ system }) => await verifyAudit(system, { digestDir, publicKey, now: new Date() }));
    for (const line of reportLines(report)) call.print(line);
    await keep(call, report);
    return report.intact ? 0 : 1;
  },
};

/** Takes a digest now, besides the daily one. */
export const auditDigest: CliCommand = {
  about: 'takes a signed digest of 操作履歴 now',
  options: '',
  run: async (call) => {
    const key = await digestKey(call.settings.dataDir);
    const { digestDir } = call.settings;
    const { name } = await withDatabase(call, async ({ system }) => await writeDigest({ pool: system, digestDir, key, now: new Date() }));
    call.print(`控え ${name} を ${digestDir} に保存しました。`);
    call.print(`公開鍵(${fingerprint(key.publicKey)}):`);
    call.print(key.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim());
    return 0;
  },
};
