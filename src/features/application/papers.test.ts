import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { docx, gif, pdf, png } from '#support/sample-files.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { markOriginals } from './commands/originals.ts';
import { removeDocument } from './commands/papers.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { returnCase } from './commands/return-case.ts';
import { sendMessageWithFiles } from './commands/send-message.ts';
import { uploadPapers } from './commands/upload-papers.ts';
import { documentFile, myDocument } from './queries/document-file.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';

const kita = 27_001;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const minutesLater = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
const fileOf = (bytes: Uint8Array, name: string) => new File([new Uint8Array(bytes)], name);

async function filed() {
  const doctor = await world.doctor();
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  const [district, prefecture] = await world.offices(kita);
  const [stranger] = await world.offices(13_005);
  if (district === undefined || prefecture === undefined || stranger === undefined) throw new Error('no chain');
  return { id, doctor, district, prefecture, stranger };
}

async function paperRows(office: Awaited<ReturnType<typeof filed>>['district'], id: string) {
  return must(await ask(officeApplication, world.as(office), { id })).content.shown?.papers ?? [];
}

async function sendBack({ id, district }: Awaited<ReturnType<typeof filed>>): Promise<void> {
  const ctx = world.as(district, minutesLater(10));
  const fields = [{ field: 'document.licence', comment: '裏面もお願いします' }];
  must(
    await run(
      returnCase,
      ctx,
      { id, version: await versionOf(ctx, id), reasons: ['R01'], fields, message: '差し替えてください。' },
      newId(),
    ),
  );
}

async function replaceLicence({ id, doctor }: { id: string; doctor: DoctorActor }): Promise<string> {
  const ctx = world.as(doctor, minutesLater(20));
  const old = must(await ask(myApplication, ctx, { id })).papers[0]?.files[0]?.id ?? '';
  must(await run(removeDocument, ctx, { id, documentId: old }));
  expect(await uploadPapers(ctx, { id, kind: 'licence', title: '医師免許証', files: [fileOf(pdf(), '両面.pdf')] })).toEqual({});
  return old;
}

describe('再申請による差し替え', () => {
  test('差し替え前の書類は残り、事務局には「差し替え前」として見え、申請者には見えない', async () => {
    const one = await filed();
    await sendBack(one);
    const old = await replaceLicence(one);
    const during = (await paperRows(one.district, one.id))[0];
    expect(during?.files.map((file) => file.id)).toEqual([old]);
    expect(during?.replaced).toEqual([]);
    const ctx = world.as(one.doctor, minutesLater(30));
    must(await run(resubmitJoin, ctx, { id: one.id, version: await versionOf(ctx, one.id) }, newId()));
    const after = (await paperRows(one.district, one.id))[0];
    expect(after?.files.map((file) => file.fileName)).toEqual(['両面.pdf']);
    expect(after?.replaced?.map((file) => file.id)).toEqual([old]);
    expect(must(await ask(documentFile, world.as(one.district), { id: one.id, documentId: old, way: 'preview' })).id).toBe(old);
    expect(must(await ask(myApplication, ctx, { id: one.id })).papers[0]?.replaced ?? []).toEqual([]);
  });

  test('一度も申請されなかったファイルは「差し替え前」にならない', async () => {
    const one = await filed();
    await sendBack(one);
    const ctx = world.as(one.doctor, minutesLater(20));
    await uploadPapers(ctx, { id: one.id, kind: 'other', title: 'その他', files: [fileOf(gif(), '誤り.gif')] });
    const wrong = must(await ask(myApplication, ctx, { id: one.id })).papers.find((row) => row.code === 'other')?.files[0]?.id ?? '';
    must(await run(removeDocument, world.as(one.doctor, minutesLater(21)), { id: one.id, documentId: wrong }));
    const later = world.as(one.doctor, minutesLater(30));
    must(await run(resubmitJoin, later, { id: one.id, version: await versionOf(later, one.id) }, newId()));
    expect((await paperRows(one.district, one.id)).flatMap((row) => row.replaced ?? [])).toEqual([]);
  });
});

describe('審査時連絡メッセージの添付', () => {
  test('医師と関係する医師会だけが開け、提出書類の欄には混ざらない', async () => {
    const { id, doctor, district, prefecture, stranger } = await filed();
    const files = [fileOf(pdf(), '../地図.pdf'), fileOf(png(), '写真.pdf')];
    must(await sendMessageWithFiles(world.as(district), { id, body: 'ご確認ください。', files, key: newId() }));
    const thread = must(await ask(myApplication, world.as(doctor), { id })).messages;
    expect(thread.map((message) => message.files.map((file) => file.fileName))).toEqual([['地図.pdf', '写真.png']]);
    const documentId = thread[0]?.files[0]?.id ?? '';
    expect(must(await ask(myDocument, world.as(doctor), { id, documentId, way: 'file' })).mediaType).toBe('application/pdf');
    expect(must(await ask(documentFile, world.as(prefecture), { id, documentId, way: 'download' })).name).toBe('地図.pdf');
    expect(await ask(documentFile, world.as(stranger), { id, documentId, way: 'file' })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(myDocument, world.as(await world.doctor()), { id, documentId, way: 'file' })).toMatchObject({
      refusal: { code: 'notFound' },
    });
    expect((await paperRows(district, id)).flatMap((row) => row.files.map((file) => file.fileName))).toEqual(['医師免許証.pdf']);
    expect(await run(removeDocument, world.as(doctor), { id, documentId })).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('検査に通らないファイルが一つでもあれば送信されず、どれかを知らせる', async () => {
    const { id, doctor } = await filed();
    const files = [fileOf(pdf(), '良い.pdf'), fileOf(Buffer.from('<html>'), '悪い.pdf')];
    const outcome = await sendMessageWithFiles(world.as(doctor), { id, body: 'お送りします。', files, key: newId() });
    expect(outcome).toMatchObject({ ok: false, refusal: { fields: { files: [expect.stringMatching(/^「悪い\.pdf」/)] } } });
    expect(must(await ask(myApplication, world.as(doctor), { id })).messages).toEqual([]);
  });

  test('十一個以上は送れない', async () => {
    const { id, doctor } = await filed();
    const files = Array.from({ length: 11 }, () => fileOf(png(), 'a.png'));
    const outcome = await sendMessageWithFiles(world.as(doctor), { id, body: '多い', files, key: newId() });
    expect(outcome).toMatchObject({ ok: false, refusal: { fields: { files: ['ファイルは10個までアップロードできます。'] } } });
  });

  test('同じ鍵で二度送っても一通だけで、添付の内容も残る', async () => {
    const { id, doctor } = await filed();
    const letter = { id, body: '二度押し', files: [fileOf(docx(), '経歴.docx')], key: newId() };
    must(await sendMessageWithFiles(world.as(doctor), letter));
    must(await sendMessageWithFiles(world.as(doctor), letter));
    const thread = must(await ask(myApplication, world.as(doctor), { id })).messages;
    expect(thread).toHaveLength(1);
    const found = must(await ask(myDocument, world.as(doctor), { id, documentId: thread[0]?.files[0]?.id ?? '', way: 'file' }));
    expect(await world.surroundings.files.get(found.fileId)).toBeDefined();
  });

  test('終わった届や関係のない届には送れず、ファイルも残らない', async () => {
    const { id, stranger } = await filed();
    const outcome = await sendMessageWithFiles(world.as(stranger), { id, body: '誤送信', files: [fileOf(pdf(), 'a.pdf')], key: newId() });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });
});

describe('原本を事務局で確認済み', () => {
  test('確認した事務局・担当者・日時が、関係する医師会と医師に見える', async () => {
    const { id, district, prefecture, doctor } = await filed();
    const ctx = world.as(district);
    must(await run(markOriginals, ctx, { id, version: await versionOf(ctx, id), kinds: ['resume'] }, newId()));
    const seen = { officeName: '大阪市北区医師会', officerName: '事務局 花子', at: '2026/01/15 12:00' };
    expect((await paperRows(prefecture, id)).find((row) => row.code === 'resume')?.original).toEqual(seen);
    expect(must(await ask(myApplication, world.as(doctor), { id })).papers.find((row) => row.code === 'resume')?.original).toEqual(seen);
    must(await run(markOriginals, ctx, { id, version: await versionOf(ctx, id), kinds: [] }, newId()));
    expect((await paperRows(district, id)).find((row) => row.code === 'resume')?.original).toBeUndefined();
  });

  test('申請が届いていない医師会や医師は記録できない', async () => {
    const { id, prefecture, doctor } = await filed();
    for (const actor of [prefecture, doctor]) {
      const ctx = world.as(actor);
      const outcome = await run(markOriginals, ctx, { id, version: await versionOf(ctx, id), kinds: ['resume'] }, newId());
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    }
  });

  test('求められていない書類の記号は記録されない', async () => {
    const { id, district } = await filed();
    const ctx = world.as(district);
    must(await run(markOriginals, ctx, { id, version: await versionOf(ctx, id), kinds: ['nonsense'] }, newId()));
    expect((await paperRows(district, id)).map((row) => row.original).filter((one) => one !== undefined)).toEqual([]);
  });
});
