import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { keepProfileDraft } from '#features/person/commands/keep-draft.ts';
import { personReactions } from '#features/person/reactions.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { memberOf } from '#support/moving.ts';
import { png } from '#support/sample-files.ts';
import { createWorld, type World } from '#support/world.ts';
import { changeProfileForDoctor } from './commands/change-for-doctor.ts';
import { takePapers } from './commands/keep-papers.ts';
import { keptPapers, memberProfileChanges, profilePaper } from './queries/changes.ts';
import { memberProfileToEdit } from './queries/office-profile.ts';

const kita = 27001;
let world: World;
let owner: Client;
let district: OfficeActor;
let stranger: OfficeActor;
let personId: string;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const [[own], [other]] = [await world.offices(kita), await world.offices(13_005)];
  if (own === undefined || other === undefined) throw new Error('no office');
  [district, stranger] = [own, other];
  ({ personId } = await memberOf(world, kita));
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const paper = () => new File([new Uint8Array(png())], '戸籍抄本.png');
const asked = { ground: 'P01', askedOn: '2026/01/14' };

async function opened(actor = district) {
  const { target, version } = must(await ask(memberProfileToEdit, world.as(actor), { id: personId }));
  return { ...target.person.texts, personId, version, ...asked };
}

const change = async (typed: Record<string, unknown>, actor = district) =>
  await run(changeProfileForDoctor, world.as(actor), typed, newId());

describe('登録情報の代理変更(screens.md O-09)', () => {
  test('依頼の根拠とともに記録され、医師会の名でM-27が本人に届く', async () => {
    must(await change({ ...(await opened()), tel: '090-1111-2222' }));
    const { rows } = await owner.query<{ id: string; source: string; office: number }>(
      'SELECT id, source, association_id AS office FROM profile_change WHERE person_id = $1',
      [personId],
    );
    expect(rows).toMatchObject([{ source: 'office', office: kita }]);
    await personReactions['person.profileChanged']?.(world.as(system), { changeId: rows[0]?.id ?? '' });
    const mails = await owner.query<{ body: string }>("SELECT body FROM mail_message WHERE template = 'M-27' AND person_id = $1", [
      personId,
    ]);
    expect(mails.rows[0]?.body).toContain(`変更した人:${district.associationName}`);
    const audits = await owner.query<{ detail: unknown }>("SELECT detail FROM audit_event WHERE action = 'person.changeProfileByOffice'");
    expect(audits.rows).toMatchObject([{ detail: { fields: ['tel'], ground: 'P01', askedOn: '2026-01-14' } }]);
  });

  test('根拠・依頼日が無いもの、未来の依頼日、変更の無いもの、古い画面からは受け付けない', async () => {
    const typed = { ...(await opened()), tel: '090-3333-4444' };
    expect(await change({ ...typed, ground: '', askedOn: '' })).toMatchObject({
      refusal: { fields: { ground: [expect.any(String)], askedOn: [expect.any(String)] } },
    });
    expect(await change({ ...typed, ground: 'P11', askedOn: '2026/01/16' })).toMatchObject({
      refusal: { fields: { ground: [expect.any(String)], askedOn: ['依頼日に未来の日付は入力できません'] } },
    });
    expect(await change(await opened())).toMatchObject({ refusal: { message: '変更された項目はありません。' } });
    expect(await change({ ...typed, version: typed.version - 1 })).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('医籍登録番号・生年月日はここでは変えられず、メールアドレスは変わらない', async () => {
    const typed = await opened();
    expect(await change({ ...typed, licenceNumber: '999999', birthOn: '1981/04/01' })).toMatchObject({
      refusal: { fields: { licenceNumber: [expect.stringContaining('2人目')], birthOn: [expect.stringContaining('2人目')] } },
    });
    must(await change({ ...typed, mail: 'other@example.jp', fax: '06-1111-2222' }));
    const { target } = must(await ask(memberProfileToEdit, world.as(district), { id: personId }));
    expect(target.person.profile).toMatchObject({ fax: '06-1111-2222', mail: expect.not.stringContaining('other@') });
  });

  test('氏名は証拠書類とともに変えられ、根拠・依頼日・証拠書類が履歴に残り、書類は変更した医師会だけが開ける', async () => {
    const typed = { ...(await opened()), surname: '改姓', surnameKana: 'カイセイ', keepFormer: 'yes' };
    expect(await change(typed)).toMatchObject({ refusal: { fields: { papers: ['ファイルをアップロードしてください'] } } });
    const bad = new File(['<script>'], 'x.html');
    const about = { personId, version: typed.version, kept: 0 };
    expect(await takePapers(world.as(district), { ...about, files: [bad] })).toMatchObject({
      refusal: { fields: { papers: [expect.any(String)] } },
    });
    expect(await takePapers(world.as(stranger), { ...about, files: [paper()] })).toMatchObject({ refusal: { code: 'notFound' } });
    const paperIds = must(await takePapers(world.as(district), { ...about, files: [paper()] }));
    expect(must(await takePapers(world.as(district), { ...about, files: [paper()] }))).toEqual(paperIds);
    const colleague = { ...district, accountId: newId() };
    expect(must(await ask(keptPapers, world.as(colleague), { personId, paperIds }))).toEqual([]);
    expect(must(await ask(keptPapers, world.as(district), { personId, paperIds }))).toMatchObject([{ fileName: '戸籍抄本.png' }]);
    must(await change({ ...typed, paperIds }));
    const history = must(await ask(memberProfileChanges, world.as(district), { id: personId }));
    expect(history.rows[0]).toMatchObject({ ground: expect.stringMatching(/./), askedOn: '2026/01/14', papers: [{ id: paperIds[0] }] });
    expect(history.rows[0]?.changes.map((line) => line.key)).toEqual(expect.arrayContaining(['surname', 'formerSurname']));
    const at = { id: personId, fileId: paperIds[0] ?? '' };
    expect(must(await ask(profilePaper, world.as(district), at))).toMatchObject({ fileName: '戸籍抄本.png' });
    const upper = officeActor({ id: 27_000, name: '大阪府医師会', layer: 2 });
    expect(must(await ask(memberProfileChanges, world.as(upper), { id: personId })).rows[0]).toMatchObject({ papers: [] });
    expect(await ask(profilePaper, world.as(upper), at)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(memberProfileChanges, world.as(stranger), { id: personId })).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('範囲外の医師会と外部委託先には無く、入力の途中は本人だけのもの', async () => {
    const ctx = world.as(district);
    must(await run(keepProfileDraft, ctx, { personId, draft: { tel: '090-9999-9999' }, version: 1 }, newId()));
    expect(must(await ask(memberProfileToEdit, ctx, { id: personId })).draft).toMatchObject({ tel: '090-9999-9999' });
    const colleague = { ...district, accountId: newId() };
    expect(must(await ask(memberProfileToEdit, world.as(colleague), { id: personId })).draft).toBeUndefined();
    expect(await ask(memberProfileToEdit, world.as(stranger), { id: personId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await change(await opened(), stranger)).toMatchObject({ refusal: { code: 'notFound' } });
    const contractor = { ...district, role: 'trainingContractor' as const };
    expect(await ask(memberProfileToEdit, world.as(contractor), { id: personId })).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});
