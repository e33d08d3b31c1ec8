import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plantedCopy } from '#support/planted-defect.ts';
import { MailRun } from './mail-run.ts';

/** P10: no mail is lost, whatever the server answers and however often the worker is killed; twice only in the moment of a kill, under the same Message-ID. */

const mails = Number(process.env['PROOF_P10_MAILS'] ?? 2_000);
const kills = Number(process.env['PROOF_P10_KILLS'] ?? 10);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_410);
const clean = { notSent: 0, lost: 0, doubles: false, otherIds: 0 };

test(`${mails} 通のメールは、乱れるサーバーと${kills}回の強制終了の後も失われず、重なっても同じMessage-IDで届く`, async () => {
  const run = await MailRun.open({ mails, kills, seed });
  try {
    await run.run();
    expect(run.killed).toBe(kills);
    expect(await run.findings()).toEqual(clean);
  } finally {
    await run.close();
  }
}, 900_000);

describe('仕込んだ欠陥', () => {
  const directory = new URL('defects/', import.meta.url);

  test.each(readdirSync(directory))(
    '欠陥 %s が見つかる',
    async (name) => {
      const root = plantedCopy(readFileSync(new URL(name, directory), 'utf8'));
      const run = await MailRun.open({ mails: 120, kills: 2, seed, root, patienceMs: 20_000 });
      try {
        await run.run();
        expect(await run.findings()).not.toEqual(clean);
      } finally {
        await run.close();
        rmSync(root, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
