import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { kita, minato } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { sendGuidance } from './commands/send-guidance.ts';
import { guidanceWay, waitsUntil } from './guidance-rules.ts';
import { memberDetail } from './queries/member.ts';
import { memberGuidance, memberGuidanceLetter } from './queries/member-guidance.ts';
import { membershipReactions } from './reactions.ts';

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);

test('案内は、利用中・逝去・連絡先の無い会員には送れず、届くメールがあればメール、無ければ文書になる', () => {
  const target = { registered: false, died: false, faded: false, mail: true, address: true };
  expect(guidanceWay(target)).toBe('mail');
  expect(guidanceWay({ ...target, mail: false })).toBe('letter');
  for (const one of [{ registered: true }, { died: true }, { faded: true }, { mail: false, address: false }])
    expect(guidanceWay({ ...target, ...one })).toBeUndefined();
});

test('次の案内は、前回の日から数えて7日目から', () => {
  const about = (today: string) => ({ today: day(today), days: 7 });
  expect(waitsUntil(null, about('2026-01-15'))).toBeUndefined();
  expect(waitsUntil(testNow, about('2026-01-21'))).toBe('2026-01-22');
  expect(waitsUntil(testNow, about('2026-01-22'))).toBeUndefined();
});

describe('マイページの案内を送る(screens.md O-08)', () => {
  let world: World;
  let district: OfficeActor;
  let prefecture: OfficeActor;
  let member: DoctorActor;

  beforeAll(async () => {
    world = await createWorld();
    const [lowest, middle] = await world.offices(kita);
    if (lowest === undefined || middle === undefined) throw new Error('no chain');
    [district, prefecture] = [lowest, middle];
    member = await memberOf(world, kita);
  });
  afterAll(async () => {
    await world.close();
  });

  const send = async (
    who: Actor,
    { personId, way = 'mail', now = testNow }: { personId: string; way?: string; now?: Date },
    key?: string,
  ) => await run(sendGuidance, world.as(who, now), { id: personId, way }, key);

  const mails = async (personId: string) =>
    (
      await world.database.system.query<{ template: string; subject: string; body: string }>(
        'SELECT template, subject, body FROM mail_message WHERE person_id = $1 AND dedupe_key LIKE $2',
        [personId, 'M-03:guidance:%'],
      )
    ).rows;

  test('スタッフが送ると1通だけ届き、いつ誰が送ったかが出て、7日の間はどの医師会からも送れない', async () => {
    const { personId } = member;
    const clerk: OfficeActor = { ...district, role: 'clerk', displayName: '事務局 花子' };
    expect(must(await ask(memberDetail, world.as(clerk), { id: personId })).guidance).toEqual({ offered: true, last: undefined });
    const key = newId();
    const sent = must(await send(clerk, { personId }, key));
    expect(must(await send(clerk, { personId }, key))).toEqual(sent);
    await membershipReactions['member.guidanceSent']?.(world.as(system), { guidanceId: sent.id });
    await membershipReactions['member.guidanceSent']?.(world.as(system), { guidanceId: sent.id });
    const [mail, ...more] = await mails(personId);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ template: 'M-03', subject: expect.stringContaining('マイページの利用者登録のご案内') });
    expect(mail?.body).toContain(`${district.associationName}から`);
    expect(mail?.body).toContain('/register');
    expect(must(await ask(memberGuidance, world.as(district), { id: personId }))).toMatchObject({
      waits: '2026-01-22',
      last: { at: testNow, own: { way: 'mail', senderName: '事務局 花子' } },
    });
    const elsewhere = must(await ask(memberGuidance, world.as(prefecture), { id: personId }));
    expect(elsewhere).toMatchObject({ waits: '2026-01-22', last: { at: testNow, own: undefined } });
    expect(await send(prefecture, { personId, now: days(6) })).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('次は2026/01/22から') },
    });
    expect(await send(prefecture, { personId, now: days(7) })).toMatchObject({ ok: true });
  });

  test('届くメールアドレスが無ければ文書になり、送った医師会だけが印刷できる', async () => {
    const { personId } = await memberOf(world, kita);
    await world.database.system.query('UPDATE person SET mail_bounced_at = $2 WHERE id = $1', [personId, testNow]);
    expect(await send(district, { personId })).toMatchObject({ refusal: { message: expect.stringContaining('送り方が変わりました') } });
    expect(await ask(memberGuidanceLetter, world.as(district), { id: personId })).toMatchObject({ refusal: { code: 'notFound' } });
    must(await send(district, { personId, way: 'letter' }));
    const { letter } = must(await ask(memberGuidanceLetter, world.as(district), { id: personId }));
    expect(letter).toMatchObject({ title: '利用者登録のご案内', date: '2026/01/15（木）' });
    expect(letter.to).toEqual(['〒530-0001', '大阪府大阪市北区梅田1-1', expect.stringMatching(/ 様$/)]);
    expect(letter.from[0]).toBe(district.associationName);
    expect(await ask(memberGuidanceLetter, world.as(prefecture), { id: personId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await mails(personId)).toEqual([]);
  });

  test('利用者登録が済んだ会員、他の医師会の会員、外部委託先には送れない', async () => {
    const { personId } = await memberOf(world, kita);
    const [stranger] = await world.offices(minato);
    if (stranger === undefined) throw new Error('no chain');
    expect(await send(stranger, { personId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await send({ ...district, role: 'trainingContractor' }, { personId })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await send(member, { personId })).toMatchObject({ refusal: { code: 'forbidden' } });
    const accountId = newId();
    await world.database.system.query(
      `INSERT INTO account (id, login_id, password_hash, kind, display_name) VALUES ($1, 'guided-doctor', 'x', 'doctor', '日医 太郎')`,
      [accountId],
    );
    await world.database.system.query('UPDATE person SET account_id = $2 WHERE id = $1', [personId, accountId]);
    expect(must(await ask(memberDetail, world.as(district), { id: personId })).guidance).toBeUndefined();
    expect(await send(district, { personId })).toMatchObject({ refusal: { message: expect.stringContaining('利用中の方') } });
  });
});
