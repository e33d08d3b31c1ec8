import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { addQuestion, withdrawQuestion } from '#features/help/commands/keep-faq.ts';
import { faqEntries } from '#features/help/queries/faq.ts';
import { approveAs, must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { answerInquiry, closeInquiry } from './commands/follow.ts';
import { inquiry } from './queries/inquiry.ts';
import { deskInbox } from './queries/lists.ts';
import { inquiryReactions } from './reactions.ts';

const kita = 27_001;
const miyakojima = 27_002;
const jma = officeActor({ id: 0, name: '日本医師会', layer: 1 });
const operations: Actor = { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 一郎' };
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

describe('異動に伴う確認(rules.md 6, screens.md P-05)', () => {
  test('完了した異動は、医賠責対策課と年金福祉課に一度だけ届き、回答はできず、完了にできる', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileTransfer(world, doctor, { from: kita, to: miyakojima, wishedOn: '2026-02-01', leaveOn: '2026-01-31' });
    const react = async () => await inquiryReactions['application.completed']?.(world.as(system), { applicationId: id });
    await react();
    expect(must(await ask(deskInbox, world.as(jma), { kind: 'transferCheck' })).rows).toEqual([]);
    for (const [place, decidedOn] of [
      [kita, '2026-01-31'],
      [miyakojima, '2026-02-01'],
    ] as const) {
      const [office] = await world.offices(place);
      if (office === undefined) throw new Error('no office');
      must(await approveAs(world.as(office), id, { decidedOn }));
    }
    for (let repeated = 0; repeated < 2; repeated += 1) await react();
    const { rows } = must(await ask(deskInbox, world.as(jma), { kind: 'transferCheck' }));
    const found = await Promise.all(rows.map(async (row) => must(await ask(inquiry, world.as(jma), { id: row.id })).view));
    expect(found.map((view) => view.desk).toSorted()).toEqual(['日本医師会 医賠責対策課', '日本医師会 年金福祉課']);
    const [view] = found;
    if (view === undefined) throw new Error('no task');
    expect(view.messages[0]?.body).toMatch(/異動元:.*北区.* 退会日 2026\/01\/31\n異動先:.*都島区.* 入会日 2026\/02\/01/);
    expect(view.may).toEqual(['pass', 'close']);
    const seen = { id: view.id, version: view.version };
    expect(await run(answerInquiry, world.as(jma), { ...seen, body: '確認しました。' })).toMatchObject({ refusal: { code: 'forbidden' } });
    must(await run(closeInquiry, world.as(jma), seen, newId()));
    expect(await ask(inquiry, world.as(operations), { id: view.id })).toMatchObject({ refusal: { code: 'notFound' } });
  });
});

describe('よくある質問に追加(screens.md P-05)', () => {
  test('窓口が追加した質問はだれでも読め、取り下げると消え、ほかの事務局は追加できない', async () => {
    const entry = { question: '医籍登録番号を忘れたときは', answer: '医師免許証をご覧ください。', anonymous: 'on' };
    expect(await run(addQuestion, world.as(operations), { ...entry, anonymous: '' })).toMatchObject({
      refusal: { fields: { anonymous: expect.anything() } },
    });
    const osaka = officeActor({ id: 27_000, name: '大阪府医師会', layer: 2 });
    expect(await run(addQuestion, world.as(osaka), entry)).toMatchObject({ refusal: { code: 'forbidden' } });
    const { id } = must(await run(addQuestion, world.as(operations), entry, newId()));
    const read = async () => must(await ask(faqEntries, world.as({ kind: 'guest' }), {})).map((one) => one.question);
    expect(await read()).toEqual([entry.question]);
    must(await run(withdrawQuestion, world.as(jma), { id }, newId()));
    expect(await run(withdrawQuestion, world.as(jma), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await read()).toEqual([]);
  });
});
