import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { chooseMails } from './commands/choose-mails.ts';
import { writeToOffice } from './commands/office-mail.ts';
import { sendDigests } from './commands/send-digests.ts';
import { oncePerAddress } from './mail-choice.ts';
import { mailChoicesOf } from './queries/mail-choices.ts';

const kita = 27_001;
const usualChoices = { arrived: 'each', resubmitted: 'each', confirm: 'each', ended: 'each', message: 'each' };
let world: World;
let owner: Pool;

beforeAll(async () => {
  world = await createWorld();
  owner = new Pool({ connectionString: world.ownerUrl, max: 2 });
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

async function tell(key: string, template: `M-${string}`): Promise<void> {
  const ctx = world.as(system);
  await writeTransaction(ctx, async (tx) => {
    await writeToOffice(tx, ctx, { associationId: kita, template, key, subject: '件名', body: '本文', line: `一行 ${key}` });
    return { value: undefined, commit: true };
  });
}

async function mails(): Promise<{ to: string; subject: string; body: string }[]> {
  const { rows } = await owner.query<{ to: string; subject: string; body: string }>(
    'SELECT to_address AS "to", subject, body FROM mail_message ORDER BY to_address, created_at, id',
  );
  await owner.query('DELETE FROM mail_message');
  return rows;
}

it('お知らせは、人と種類ごとに、都度、1日1回まとめて、または受け取らない', async () => {
  const [each, daily, none] = await Promise.all(
    ['each', 'daily', 'none'].map(async (name) => await staffWithMail(world, kita, `${name}@example.jp`)),
  );
  if (each === undefined || daily === undefined || none === undefined) throw new Error('three people');
  must(await run(chooseMails, world.as(daily), { ...usualChoices, arrived: 'daily' }));
  must(await run(chooseMails, world.as(none), { ...usualChoices, arrived: 'none', message: 'daily' }));
  expect(must(await ask(mailChoicesOf, world.as(daily), {}))).toEqual({ ...usualChoices, arrived: 'daily' });
  expect(must(await ask(mailChoicesOf, world.as(each), {}))).toEqual(usualChoices);

  await mails();
  for (const key of ['a', 'b', 'a']) await tell(key, 'M-40');
  await tell('c', 'M-17');
  await tell('d', 'M-41');
  const atOnce = (await mails()).map(({ to }) => to.replace('@example.jp', ''));
  expect(atOnce).toEqual(['daily', 'daily', 'each', 'each', 'each', 'each', 'none']);

  for (let round = 0; round < 2; round += 1) await sendDigests(world.as(system));
  const digests = await mails();
  expect(digests.map(({ to, subject }) => [to, subject])).toEqual([
    ['daily@example.jp', '【MAMIS】申請のお知らせのまとめ(2件)'],
    ['none@example.jp', '【MAMIS】申請のお知らせのまとめ(1件)'],
  ]);
  expect(digests[0]?.body).toContain('・一行 a\n・一行 b\n');
});

it('選べるのは、医師会の管理者とスタッフだけで、選び忘れは項目で案内する', async () => {
  const contractor = { kind: 'office', role: 'trainingContractor' } as const;
  const reader = await staffWithMail(world, kita, 'reader@example.jp');
  expect(await run(chooseMails, world.as({ ...reader, ...contractor }), usualChoices)).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await run(chooseMails, world.as(await world.doctor()), usualChoices)).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await run(chooseMails, world.as(reader), { ...usualChoices, arrived: 'often' })).toMatchObject({
    refusal: { fields: { arrived: ['新しい申請があったときを選択してください'] } },
  });
});

it('同じアドレスを使う二人には、早く届く受け取り方で一通だけ', () => {
  const reader = (accountId: string, choice: 'each' | 'daily' | 'none') => ({ accountId, choice, mail: 'office@example.jp' });
  expect(oncePerAddress([reader('1', 'none'), reader('2', 'each'), reader('3', 'daily')])).toEqual([reader('2', 'each')]);
});

it('まとめは、やめた人には送らない', async () => {
  const leaver = await staffWithMail(world, kita, 'leaver@example.jp');
  must(await run(chooseMails, world.as(leaver), { ...usualChoices, arrived: 'daily' }));
  await tell('last', 'M-40');
  await owner.query("UPDATE staff_member SET state = 'stopped' WHERE account_id = $1", [leaver.accountId]);
  await mails();
  await sendDigests(world.as(system, new Date(testNow.getTime() + 1000)));
  expect((await mails()).filter(({ to }) => to.startsWith('leaver'))).toEqual([]);
});
