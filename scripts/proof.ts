import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openTestServer } from '#support/test-server.ts';

/**
 * `npm run proof [-- P1 P3 …]`: the proofs in their full size, hours of work for a free machine. Each is run as often as it has
 * seeds; the exit code is 0 only when none has failed.
 */

type Proof = { files: readonly string[]; seeds: number; sizes: Readonly<Record<string, number>> };

/** Sizes of one run; times its seeds they are those of the full run. */
const PROOFS: Readonly<Record<string, Proof>> = {
  P1: {
    files: ['tests/chaos/crash.proof.ts'],
    seeds: 10,
    sizes: { PROOF_P1_REQUESTS: 50_000, PROOF_P1_PRODUCT_KILLS: 20, PROOF_P1_DATABASE_KILLS: 6 },
  },
  P2: {
    files: ['tests/chaos/rivals.test.ts', 'tests/chaos/rivals-moves.test.ts', 'tests/chaos/rivals-papers.test.ts'],
    seeds: 1,
    sizes: { PROOF_P2_ROUNDS: 2_000, PROOF_P2_MOVE_ROUNDS: 50 },
  },
  P3: {
    files: ['tests/model/reference.proof.ts'],
    seeds: 1,
    sizes: { PROOF_P3_STEPS: 200_000, PROOF_P3_HTTP_STEPS: 200_000, PROOF_P3_SEEDS: 50 },
  },
  P5: {
    files: ['tests/model/counts.test.ts', 'tests/model/ledger-fold.test.ts'],
    seeds: 10,
    sizes: { PROOF_P5_TIMELINES: 10_000, PROOF_TIMELINES: 10_000 },
  },
  P7: { files: ['tests/permissions/matrix.proof.ts'], seeds: 1, sizes: { PROOF_P7_CELLS: Infinity } },
  P9: { files: ['tests/chaos/outage.proof.ts'], seeds: 1, sizes: { PROOF_P9_OUTAGES: 50, PROOF_P9_RESTARTS: 10 } },
  P10: { files: ['tests/mail/mail.proof.ts'], seeds: 25, sizes: { PROOF_P10_MAILS: 2_000 } },
  P11: { files: ['tests/abuse/abuse.proof.ts'], seeds: 50, sizes: { PROOF_P11_REQUESTS: 20_000 } },
  P12: { files: ['src/platform/files/inspect-file.test.ts'], seeds: 1, sizes: { PROOF_P12_MUTATIONS: 10_000 } },
  P13: { files: ['src/platform/sheet/sheet.test.ts'], seeds: 1, sizes: { PROOF_P13_LINES: 100_000 } },
  P14: { files: ['src/platform/audit/verify.test.ts'], seeds: 1, sizes: { PROOF_P14_CHANGES: 20_000 } },
  P19: { files: ['tests/sign-in/sign-in.proof.ts'], seeds: 1, sizes: { PROOF_P19_TRIES: 20_000 } },
};

const firstSeed = 31_000;
const root = join(import.meta.dirname, '..');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => PROOFS[name] === undefined);

function runOnce({ files, sizes }: Proof, env: Readonly<Record<string, string>>): Promise<boolean> {
  const wanted = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, String(size)]));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--testTimeout=7200000', ...files], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'test', ...wanted, ...env },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('close', (status) => resolve(status === 0));
  });
}

/** What failed, as `P1 with seed 31004`. */
async function runAll(names: readonly string[], databaseUrl: string): Promise<string[]> {
  const failed: string[] = [];
  for (const name of names) {
    const proof = PROOFS[name];
    for (let place = 0; proof !== undefined && place < proof.seeds; place += 1) {
      const seed = String(firstSeed + place);
      console.log(`== ${name}, ${place + 1} of ${proof.seeds}, seed ${seed}`);
      if (!(await runOnce(proof, { TEST_DATABASE_URL: databaseUrl, PROOF_SEED: seed }))) failed.push(`${name} with seed ${seed}`);
    }
  }
  return failed;
}

if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(PROOFS).join(', ')}.`);
  process.exitCode = 1;
} else {
  const server = await openTestServer((line) => console.log(line));
  try {
    const failed = await runAll(asked.length === 0 ? Object.keys(PROOFS) : asked, server.adminUrl);
    console.log(failed.length === 0 ? 'All proofs hold.' : `Failed: ${failed.join(', ')}.`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}
