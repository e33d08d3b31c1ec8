import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, draftJoin, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import { reactTask } from '#platform/jobs/reactions.ts';
import { pdf } from '#support/sample-files.ts';
import { mailsOf } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { chooseAssociations } from './commands/choose-associations.ts';
import { deleteDraft } from './commands/delete-draft.ts';
import { sendMessageWithFiles } from './commands/send-message.ts';
import { eraseFiles, tendDrafts } from './daily.ts';
import { fileReactions } from './file-reactions.ts';
import { myApplications } from './queries/my-applications.ts';
import { officeApplication } from './queries/office-application.ts';

const kita = 27_001;
let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await world.close();
});

const later = (days: number) => new Date(testNow.getTime() + days * 86_400_000);

async function drafted(): Promise<{ doctor: DoctorActor; id: string }> {
  const doctor = await world.doctor();
  const { id } = await draftJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  return { doctor, id };
}

/** Puts bytes under every stored file of the world, as an upload does before its row is written. */
async function keepBytes(): Promise<string[]> {
  const { rows } = await world.database.system.query<{ id: string }>('SELECT id FROM stored_file ORDER BY id');
  for (const { id } of rows) await world.surroundings.files.put(id, new Uint8Array([1]));
  return rows.map((row) => row.id);
}

/** What the worker does with the events that are in the outbox. */
async function react(): Promise<void> {
  const task = reactTask({ surroundings: world.surroundings, reactions: [fileReactions], clock: () => testNow });
  const { rows } = await world.database.system.query<{ id: number }>("SELECT id FROM outbox WHERE kind = 'file.erased' ORDER BY id");
  const job = {
    id: '1',
    attempt: 1,
    lastAttempt: false,
    signal: new AbortController().signal,
    asOwner: () => Promise.reject(new Error('not asked')),
  };
  for (const { id } of rows) await task({ outboxId: id }, job);
}

const isThere = async (id: string) => (await world.surroundings.files.get(id)) !== undefined;

describe('一時保存は予告の後に削除される(D-06、M-22)', () => {
  test('予告は一度だけ、削除予定日とともに届き、その日に書類ごと消える', async () => {
    const { doctor, id } = await drafted();
    const [fileId] = await keepBytes();
    const day = async (days: number) =>
      must(await ask(myApplications, world.as(doctor, later(days)), { tab: 'draft' })).drafts[0]?.deletedOn;
    expect(await day(1)).toBe('2026-04-15');
    await tendDrafts(world.as(system, later(75)));
    expect(await mailsOf(world, 'M-22')).toEqual([]);
    await Promise.all([tendDrafts(world.as(system, later(76))), tendDrafts(world.as(system, later(76)))]);
    await tendDrafts(world.as(system, later(80)));
    const [mail, ...others] = await mailsOf(world, 'M-22');
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('【MAMIS】一時保存中の届があります');
    expect(mail?.body).toContain('2026/04/15に削除されます');
    expect(await day(80)).toBe('2026-04-15');
    await tendDrafts(world.as(system, later(89)));
    expect(await day(89)).toBe('2026-04-15');
    await tendDrafts(world.as(system, later(90)));
    expect(await day(90)).toBeUndefined();
    await react();
    expect(await isThere(fileId ?? '')).toBe(false);
    const { rows } = await world.database.system.query<{ action: string; target: string }>(
      "SELECT action, target FROM audit_event WHERE action = 'application.expireDraft'",
    );
    expect(rows).toEqual([{ action: 'application.expireDraft', target: id }]);
  });

  test('保存すれば数え直し、止まっていた後は予告してから二週間待つ', async () => {
    const { doctor, id } = await drafted();
    await tendDrafts(world.as(system, later(76)));
    const ctx = world.as(doctor, later(80));
    must(
      await run(chooseAssociations, ctx, {
        id,
        version: await versionOf(ctx, id),
        lowestAssociationId: kita,
        ticked: [kita],
        complete: false,
      }),
    );
    await tendDrafts(world.as(system, later(90)));
    expect(await mailsOf(world, 'M-22')).toHaveLength(1);
    await tendDrafts(world.as(system, later(300)));
    expect(await mailsOf(world, 'M-22')).toHaveLength(2);
    const there = async () => (await world.database.system.query('SELECT 1 FROM application WHERE id = $1', [id])).rowCount;
    await tendDrafts(world.as(system, later(313)));
    expect(await there()).toBe(1);
    await tendDrafts(world.as(system, later(314)));
    expect(await there()).toBe(0);
  });

  test('本人が削除した一時保存の書類も、内容まで消える', async () => {
    const { doctor, id } = await drafted();
    const [fileId] = await keepBytes();
    const ctx = world.as(doctor);
    must(await run(deleteDraft, ctx, { id, version: await versionOf(ctx, id) }));
    expect((await world.database.system.query('SELECT 1 FROM stored_file')).rowCount).toBe(0);
    await react();
    expect(await isThere(fileId ?? '')).toBe(false);
  });
});

describe('提出書類の保存期間(rules.md 3.16)', () => {
  async function completed(): Promise<string> {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-02-01' });
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no chain');
    must(await approveAs(world.as(office), id, { decidedOn: '2026-02-01' }));
    return id;
  }
  const files = async () =>
    (
      await world.database.system.query<{ id: string; erased: boolean; digest: number }>(
        'SELECT id, erased_at IS NOT NULL AS erased, length(sha256) AS digest FROM stored_file ORDER BY id',
      )
    ).rows;

  test('届が終わって五年を過ぎると内容だけが消え、行とハッシュは残る', async () => {
    await completed();
    const [fileId = ''] = await keepBytes();
    await eraseFiles(world.as(system, later(1826)));
    expect(await files()).toEqual([{ id: fileId, erased: false, digest: 32 }]);
    await Promise.all([eraseFiles(world.as(system, later(1827))), eraseFiles(world.as(system, later(1827)))]);
    await eraseFiles(world.as(system, later(1828)));
    await react();
    expect(await files()).toEqual([{ id: fileId, erased: true, digest: 32 }]);
    expect(await isThere(fileId)).toBe(false);
  });

  test('消えた書類は、名前を残して「保存期間を過ぎたため表示できません。」と示せる', async () => {
    const id = await completed();
    await keepBytes();
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no chain');
    const shown = async () =>
      must(await ask(officeApplication, world.as(office), { id })).content.shown?.papers.flatMap((row) => row.files) ?? [];
    expect((await shown()).map((file) => file.erased)).toEqual([false]);
    await eraseFiles(world.as(system, later(1827)));
    expect((await shown()).map((file) => [file.fileName !== '', file.erased])).toEqual([[true, true]]);
  });

  test('処理中の届の書類は消えない', async () => {
    await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [fileId = ''] = await keepBytes();
    await eraseFiles(world.as(system, later(4000)));
    expect(await files()).toEqual([{ id: fileId, erased: false, digest: 32 }]);
    expect(await isThere(fileId)).toBe(true);
  });

  test('どの届にもないファイルは一日の後に、プレビューは三十日の後に消え、ほかの機能のファイルは残る', async () => {
    await completed();
    const [used = ''] = await keepBytes();
    const [orphan, foreign, preview] = [newId(), newId(), derivedId('preview', '1', used)];
    await world.database.system.query(
      `INSERT INTO stored_file (id, sha256, size, media_type, name, owner_account_id, created_at)
       VALUES ($1, sha256('x'), 1, 'application/pdf', 'x.pdf', $1, $2)`,
      [orphan, testNow],
    );
    for (const id of [orphan, foreign, preview]) await world.surroundings.files.put(id, new Uint8Array([1]));
    await eraseFiles(world.as(system, later(0.9)));
    expect([await isThere(orphan), await isThere(foreign), await isThere(preview)]).toEqual([true, true, true]);
    await eraseFiles(world.as(system, later(1.1)));
    await react();
    expect([await isThere(orphan), await isThere(foreign), await isThere(preview), await isThere(used)]).toEqual([false, true, true, true]);
    await eraseFiles(world.as(system, later(31)));
    expect([await isThere(foreign), await isThere(preview), await isThere(used)]).toEqual([true, false, true]);
    expect((await files()).map((file) => file.id)).toEqual([used]);
  });

  test('メッセージに添えたファイルは、プレビューと同じ形の番号でも、プレビューとともに消えない', async () => {
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const before = new Set((await files()).map((file) => file.id));
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no office');
    const sent = { id, body: '資料をお送りします。', files: [new File([new Uint8Array(pdf())], '資料.pdf')], key: newId() };
    must(await sendMessageWithFiles(world.as(office), sent));
    const original = (await files()).find((file) => !before.has(file.id))?.id ?? '';
    expect(original[14]).toBe('8');
    await eraseFiles(world.as(system, later(31)));
    expect(await isThere(original)).toBe(true);
  });
});
