import { Client } from 'pg';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { changeOwnProfile } from '#features/person/commands/change-profile.ts';
import { keepProfileDraft } from '#features/person/commands/keep-draft.ts';
import { markLicenceSeen } from '#features/person/commands/verify-licence.ts';
import { personReactions } from '#features/person/reactions.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { doctorLogin } from '#support/logins.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { ownProfile, profileToEdit } from './queries/own-profile.ts';

let world: World;
let owner: Client;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);

/** What the form of the doctor holds, and the version it was opened with. */
async function opened(doctor: DoctorActor, minutes = 0) {
  const found = must(await ask(profileToEdit, world.as(doctor, later(minutes)), {}));
  return { ...(found.draft ?? found.target.person.texts), version: found.version };
}

const numberOf = async (doctor: DoctorActor) => must(await ask(profileToEdit, world.as(doctor), {})).target.person.profile.licenceNumber;

const change = async (doctor: DoctorActor, typed: Record<string, unknown>, minutes = 0) =>
  await run(changeOwnProfile, world.as(doctor, later(minutes)), typed, newId());

async function seen(doctor: DoctorActor): Promise<void> {
  const ctx = world.as(system);
  await writeTransaction(ctx, async (tx) => {
    await markLicenceSeen(tx, ctx, doctor.personId);
    return { value: true, commit: true };
  });
}

const rows = async (text: string, personId: string): Promise<Record<string, unknown>[]> =>
  (await owner.query<Record<string, unknown>>(text, [personId])).rows;

const newsPayload = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

describe('登録情報の変更(screens.md D-03)', () => {
  it('変更は版・履歴・出来事を残し、値は履歴だけにあり、M-27が本人に届く', async () => {
    const doctor = await world.doctor({ mail: 'changes@example.jp' });
    must(await change(doctor, { ...(await opened(doctor)), tel: '090-1234-5678', building: '梅田ビル3階' }, 5));
    const [news] = await rows(
      `SELECT payload FROM outbox WHERE kind = 'person.profileChanged' AND payload->>'personId' = $1`,
      doctor.personId,
    );
    const told = newsPayload.parse(news?.['payload']);
    expect(told).toMatchObject({ source: 'self', fields: 'building,tel' });
    expect(JSON.stringify(told)).not.toContain('090-1234');
    const [kept] = await rows('SELECT source, blocks, changes FROM profile_change WHERE person_id = $1', doctor.personId);
    expect(kept).toMatchObject({ source: 'self', blocks: ['address', 'contact'] });
    expect(kept?.['changes']).toContainEqual({
      block: 'contact',
      key: 'tel',
      label: '連絡先 TEL',
      before: '06-0000-0000',
      after: '090-1234-5678',
    });
    await personReactions['person.profileChanged']?.(world.as(system), told);
    await personReactions['person.profileChanged']?.(world.as(system), told);
    const mails = (
      await owner.query<{ template: string; body: string }>(
        `SELECT template, body FROM mail_message WHERE to_address = 'changes@example.jp'`,
      )
    ).rows;
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ template: 'M-27', body: expect.stringContaining('変更された項目:自宅現住所、連絡先') });
    expect(mails[0]?.body).not.toContain('090-1234');
    const shown = must(await ask(ownProfile, world.as(doctor, later(60)), {}));
    expect(shown.blocks.find((block) => block.code === 'contact')?.changedOn).toBe('2026/01/15');
  });

  it('先に変更があれば、だれがいつ変更したかを伝えて登録しない。2度目は伝えた版で登録できる', async () => {
    const doctor = await world.doctor();
    const first = await opened(doctor);
    must(await change(doctor, { ...first, fax: '06-1111-2222' }, 1));
    const late = await change(doctor, { ...first, tel: '06-3333-4444' }, 2);
    expect(late).toMatchObject({
      refusal: {
        code: 'conflict',
        message:
          '日医 太郎が2026/01/15 12:01に「登録情報の変更」を行いました。お客様の操作は反映されていません。最新の内容をご確認ください。',
        current: { version: first.version + 1 },
      },
    });
    must(await change(doctor, { ...first, tel: '06-3333-4444', version: first.version + 1 }, 3));
  });

  it('何も変えていなければ登録しない', async () => {
    const doctor = await world.doctor();
    expect(await change(doctor, await opened(doctor))).toMatchObject({ refusal: { message: '変更された項目はありません。' } });
  });

  it('医師会の確認後は、医籍登録番号・医籍登録日・生年月日を変えられない', async () => {
    const doctor = await world.doctor();
    const typed = { ...(await opened(doctor)), birthOn: '1979/04/01' };
    await seen(doctor);
    expect(await change(doctor, typed)).toMatchObject({
      refusal: { fields: { birthOn: ['医師会で確認済みのため、ここでは変更できません'] } },
    });
  });

  it('姓が変わると旧姓として登録するかを聞き、「はい」なら前の姓が旧姓になり、宛名も変わる', async () => {
    const doctor = await world.doctor();
    const { accountId } = await doctorLogin(owner, doctor.personId);
    const typed = { ...(await opened(doctor)), surname: '髙橋', surnameKana: 'タカハシ' };
    expect(await change(doctor, typed)).toMatchObject({ refusal: { fields: { keepFormer: ['いずれかを選択ください'] } } });
    must(await change(doctor, { ...typed, keepFormer: 'yes' }));
    expect(await opened(doctor)).toMatchObject({ surname: '髙橋', formerSurname: '日医', formerSurnameKana: 'ニチイ' });
    // メールの宛名も新しい氏名になる。
    const greeted = await owner.query('SELECT display_name FROM account WHERE id = $1', [accountId]);
    expect(greeted.rows).toEqual([{ display_name: '髙橋 太郎' }]);
  });

  it('確認前の番号は直せて履歴に残り、他人の番号でも答えは同じで「確認の依頼」になる', async () => {
    const holder = await world.doctor();
    const known = await numberOf(holder);
    const doctor = await world.doctor();
    const free = profile({}).licenceNumber;
    const answers = [];
    for (const licenceNumber of [free, known]) answers.push(await change(doctor, { ...(await opened(doctor)), licenceNumber }));
    expect(answers).toEqual([
      { ok: true, value: { fields: ['licenceNumber'] } },
      { ok: true, value: { fields: ['licenceNumber'] } },
    ]);
    const history = await rows('SELECT current, claimed FROM person_licence WHERE person_id = $1 ORDER BY id', doctor.personId);
    expect(history).toEqual([
      { current: false, claimed: false },
      { current: false, claimed: false },
      { current: true, claimed: true },
    ]);
    const claims = await rows('SELECT holder_id, number FROM licence_claim WHERE claimant_id = $1', doctor.personId);
    expect(claims).toEqual([{ holder_id: holder.personId, number: known }]);
    expect(await numberOf(holder)).toBe(known);
  });

  it('入力の途中は入力している人だけに24時間残り、登録すると消える', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    const { version, ...texts } = await opened(doctor);
    must(await run(keepProfileDraft, ctx, { personId: doctor.personId, draft: { ...texts, tel: 'とちゅう' }, version }, newId()));
    expect(await opened(doctor, 23 * 60)).toMatchObject({ tel: 'とちゅう' });
    expect(await opened(doctor, 25 * 60)).toMatchObject({ tel: '06-0000-0000' });
    const other = { ...doctor, accountId: newId() };
    expect(await opened(other)).toMatchObject({ tel: '06-0000-0000' });
    const stranger = await world.doctor();
    const foreign = { personId: doctor.personId, draft: {}, version };
    expect(await run(keepProfileDraft, world.as(stranger), foreign, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    must(await change(doctor, { ...texts, tel: '06-5555-6666', version }));
    expect(await rows('SELECT 1 FROM profile_draft WHERE person_id = $1', doctor.personId)).toEqual([]);
  });
});
