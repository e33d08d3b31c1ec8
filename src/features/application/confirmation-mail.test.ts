import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, system } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { kita } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import { mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { applicationReactions } from './reactions.ts';

/** M-43 (`screens.md 8`): offices above a withdrawal are told that 確認 is theirs. */

const osaka = 27_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

test('退会が決まると、上層の医師会に退会日と自動確認までの日数がメールで知らされる。二度は送られない', async () => {
  for (const associationId of [kita, osaka]) await staffWithMail(world, associationId, `office-${associationId}@example.jp`);
  const doctor = await memberOf(world, kita);
  const { id, number } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
  const [district] = await world.offices(kita);
  if (district === undefined) throw new Error('no office');
  must(await approveLeaveAs(world.as(district), id, '2026-03-31'));
  const reactions = applicationReactions({ origin: 'https://mamis.example.jp' });
  for (let time = 0; time < 2; time += 1)
    await reactions['application.completed']?.(world.as(system), { applicationId: id, stepId: '', outboxId: 7 });
  const mails = await mailsOf(world, 'M-43');
  expect(mails.map((mail) => [mail.to, mail.subject])).toEqual([['office-27000@example.jp', '【MAMIS】確認が必要な退会があります']]);
  expect(mails[0]?.body).toContain('退会日:2026/03/31(大阪市北区医師会)');
  expect(mails[0]?.body).toContain('30日を過ぎると、自動で確認済になります。');
  expect(mails[0]?.body).toContain(`受付番号:${number}`);
});
