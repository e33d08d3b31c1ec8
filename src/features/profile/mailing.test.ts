import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { DoctorActor } from '#kernel/actor.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { must } from '#main/demo/acting.ts';
import { kita } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import { createWorld, type World } from '#support/world.ts';
import { saveMailing } from './commands/save-mailing.ts';
import { ownMailing, takersOfMail } from './queries/mailing.ts';

let world: World;
let member: DoctorActor;

beforeAll(async () => {
  world = await createWorld();
  member = await memberOf(world, kita);
});
afterAll(async () => {
  await world.close();
});

const shown = async (doctor: DoctorActor) => must(await ask(ownMailing, world.as(doctor), {}));
const save = async (doctor: DoctorActor, typed: Record<string, unknown>) => await run(saveMailing, world.as(doctor), typed, newId());

describe('送付物設定(screens.md D-04)', () => {
  it('初期値は所属施設・FAXなし・メールあり。保存すると変わり、変わったことだけが知らされる', async () => {
    const first = await shown(member);
    expect(first).toMatchObject({ version: 0, choice: { sendTo: 'facility', faxTo: 'none', mailNotices: true, mailTraining: true } });
    const typed = { sendTo: 'home', faxTo: 'none', mails: ['training'], version: '0' };
    expect(must(await save(member, typed))).toEqual({ fields: ['mailings'] });
    expect(await shown(member)).toMatchObject({ version: 1, choice: { sendTo: 'home', mailNotices: false, mailTraining: true } });
    const takes = async (kind: 'notices' | 'training') =>
      await readTransaction(world.as(member), (tx) => takersOfMail(tx, [member.personId], kind));
    expect([await takes('notices'), await takes('training')]).toEqual([[], [member.personId]]);
    expect(must(await save(member, { ...typed, version: '1' }))).toEqual({ fields: [] });
    expect(await save(member, { ...typed, version: '0' })).toMatchObject({ refusal: { code: 'conflict', current: { version: 1 } } });
  });

  it('自分の所属でない施設、登録のない旧姓と自宅FAXは断る', async () => {
    const other = await world.doctor();
    const typed = { sendTo: 'facility', faxTo: 'none', mails: [], version: '0' };
    expect(await save(other, { ...typed, sendTo: `facility:${newId()}` })).toMatchObject({
      refusal: { fields: { sendTo: [expect.any(String)] } },
    });
    expect(await save(other, { ...typed, sendTo: 'facility:x' })).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await save(other, { ...typed, faxTo: 'home', useFormerName: '1' })).toMatchObject({
      refusal: {
        fields: {
          faxTo: ['自宅のFAX番号が登録されていません。登録情報で入力してください'],
          useFormerName: ['旧姓が登録されていません。登録情報で旧姓を入力してください'],
        },
      },
    });
  });
});
