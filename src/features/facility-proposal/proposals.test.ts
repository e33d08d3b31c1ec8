import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { facilitySearch } from '#features/facility/queries/facility.ts';
import { facilityDetail } from '#features/membership/queries/facilities.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FacilityGround } from '#support/facility-ground.ts';
import { facilityGround, typedFacility } from '#support/facility-ground.ts';
import { approveProposal, rejectProposal, withdrawProposal } from './commands/decide.ts';
import { proposeChange, proposeNew } from './commands/propose.ts';
import { changeStart } from './queries/forms.ts';
import { proposalDetail } from './queries/proposal.ts';
import { proposalList } from './queries/proposals.ts';
import { facilityProposalReactions } from './reactions.ts';

let ground: FacilityGround;

beforeAll(async () => {
  ground = await facilityGround();
});
afterAll(async () => {
  await ground.world.close();
});

const by = (actor: OfficeActor) => ground.world.as(actor);
const reason = '施設からの届出による';

/** A change of some fields of a facility, as the form posts it. */
async function proposed(actor: OfficeActor, changes: Record<string, string>, id = ground.clinicId, key = newId()) {
  const { version, content } = must(await ask(changeStart, by(actor), { id }));
  return await run(proposeChange, by(actor), { ...content, ...changes, id, version: String(version), reason }, key);
}

const versionOf = async (actor: OfficeActor, id: string) => must(await ask(proposalDetail, by(actor), { id })).version;
const approved = async (actor: OfficeActor, id: string, answer = '') =>
  await run(approveProposal, by(actor), { id, version: await versionOf(actor, id), answer }, newId());

async function mailsAbout(id: string) {
  const { rows } = await ground.world.database.system.query<{ template: string; to_address: string; subject: string; body: string }>(
    `SELECT template, to_address, subject, body FROM mail_message WHERE dedupe_key LIKE $1 ORDER BY created_at, id`,
    [`M-__:facility:${id}:%`],
  );
  return rows;
}

async function react(kind: 'facility.proposed' | 'facility.proposalSettled', proposalId: string) {
  await facilityProposalReactions[kind]?.(ground.world.as(system), { proposalId });
}

describe('施設情報の変更の提案(screens.md O-14)', () => {
  test('郡市区等医師会が提案し、都道府県医師会が承認すると、すぐに施設マスタと履歴に反映され、双方に知らせる', async () => {
    const { district, prefecture, clinicId } = ground;
    const key = newId();
    const sent = await proposed(district, { tel: '06-0000-7777', commonName: 'さくら', institutionCode: '2710-1234-56' }, clinicId, key);
    const { id } = must(sent);
    await react('facility.proposed', id);
    expect(await mailsAbout(id)).toMatchObject([{ template: 'M-40', to_address: ground.mailOf.prefecture }]);
    const waiting = must(await ask(proposalList, by(prefecture), { tab: 'review' }));
    expect(waiting).toMatchObject({ tab: 'review', rows: [{ id, kind: '施設情報の変更', office: '大阪市北区医師会', state: 'proposed' }] });
    const shown = must(await ask(proposalDetail, by(prefecture), { id }));
    expect(shown.changes.map((one) => [one.label, one.before, one.after])).toEqual([
      ['通称', '－', 'さくら'],
      ['医療機関コード', '－', '2710123456'],
      ['TEL', '06-0000-0001', '06-0000-7777'],
    ]);
    expect(shown.may).toEqual({ review: true, withdraw: false, merge: false, unplan: false });
    const decision = { id, version: shown.version, answer: '確認しました' };
    const once = newId();
    expect(must(await run(approveProposal, by(prefecture), decision, once))).toEqual({ state: 'approved' });
    expect(must(await run(approveProposal, by(prefecture), decision, once))).toEqual({ state: 'approved' });
    expect(await run(approveProposal, by(prefecture), decision, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const facility = must(await ask(facilityDetail, by(district), { id: clinicId }));
    expect(facility).toMatchObject({ tel: '06-0000-7777', commonName: 'さくら', institutionCode: '2710123456', version: 2 });
    expect(facility.history).toMatchObject([{ what: '変更', proposer: '大阪市北区医師会', decider: '大阪府医師会' }]);
    await react('facility.proposalSettled', id);
    const [, result] = await mailsAbout(id);
    expect(result).toMatchObject({ template: 'M-46', to_address: ground.mailOf.district, subject: '【MAMIS】施設の提案の結果(承認)' });
    expect(result?.body).toContain('理由:確認しました');
    expect(must(await ask(proposalList, by(district), {})).rows).toMatchObject([{ id, state: 'approved' }]);
  });

  test('変更が無い、版が古い、審査待ちがある、コードが無い提案は受け付けない', async () => {
    const { district, clinicId } = ground;
    expect(await proposed(district, {})).toMatchObject({ refusal: { code: 'invalid', message: expect.stringContaining('同じ') } });
    const wrong = await proposed(district, { ownerType: 'ZZ', tel: '電話', institutionCode: '12', name: '' });
    expect(wrong).toMatchObject({
      refusal: { fields: { tel: [expect.any(String)], institutionCode: [expect.stringContaining('10桁')], name: [expect.any(String)] } },
    });
    expect(await proposed(district, { ownerType: 'ZZ' })).toMatchObject({ refusal: { fields: { ownerType: [expect.any(String)] } } });
    const { content } = must(await ask(changeStart, by(district), { id: clinicId }));
    const old = { ...content, fax: '06-0000-0002', id: clinicId, version: '1', reason };
    expect(await run(proposeChange, by(district), old, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const { id } = must(await proposed(district, { fax: '06-0000-0002' }));
    expect(await proposed(district, { fax: '06-0000-0003' })).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('審査待ち') },
    });
    expect(await run(rejectProposal, by(district), { id, version: 1, answer: '自分で却下' }, newId())).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await approved(district, id)).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(must(await run(withdrawProposal, by(district), { id, version: 1 }, newId()))).toEqual({ state: 'withdrawn' });
    expect(await run(withdrawProposal, by(district), { id, version: 2 }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('提案の後に同じ項目が変わった提案は、承認できず、理由を付けて却下される', async () => {
    const { district, prefecture } = ground;
    const first = must(await proposed(district, { attached: '訪問看護ステーション' })).id;
    const second = must(await proposed(prefecture, { attached: '介護老人保健施設' })).id;
    await react('facility.proposed', second);
    expect(await mailsAbout(second)).toEqual([]);
    expect(must(await approved(prefecture, second))).toEqual({ state: 'approved' });
    await react('facility.proposalSettled', second);
    expect(await mailsAbout(second)).toEqual([]);
    expect(must(await ask(proposalDetail, by(prefecture), { id: first })).stale).toBe(true);
    expect(await approved(prefecture, first)).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(rejectProposal, by(prefecture), { id: first, version: 1, answer: '' }, newId())).toMatchObject({
      refusal: { fields: { answer: [expect.any(String)] } },
    });
    must(await run(rejectProposal, by(prefecture), { id: first, version: 1, answer: '別の提案を承認しました' }, newId()));
    await react('facility.proposalSettled', first);
    expect((await mailsAbout(first)).at(-1)?.body).toContain('理由:別の提案を承認しました');
  });

  test('ほかの医師会は提案を知らない。日本医師会は提案せず、会員のいない施設は提案できない', async () => {
    const { district, jma, elsewhere, otherDistrict, emptyId } = ground;
    const { id } = must(await proposed(district, { beds: '19' }));
    for (const stranger of [jma, elsewhere, otherDistrict]) {
      expect(await ask(proposalDetail, by(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
      for (const tab of ['own', 'review', 'merge'])
        expect(must(await ask(proposalList, by(stranger), { tab, state: 'all' })).rows).toEqual([]);
      for (const act of [approveProposal, withdrawProposal])
        expect(await run(act, by(stranger), { id, version: 1, answer: '' }, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    }
    expect(await ask(changeStart, by(jma), { id: ground.clinicId })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await ask(changeStart, by(district), { id: emptyId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(changeStart, by(elsewhere), { id: ground.clinicId })).toMatchObject({ refusal: { code: 'notFound' } });
    const contractor = { ...district, role: 'trainingContractor' as const };
    expect(await ask(proposalList, by(contractor), {})).toMatchObject({ refusal: { code: 'forbidden' } });
    must(await run(withdrawProposal, by(district), { id, version: 1 }, newId()));
  });
});

describe('新しい施設の提案', () => {
  const fresh = { ...typedFacility, name: '北区ひまわり診療所', kana: 'キタクヒマワリシンリョウジョ', tel: '06-0000-8888', reason };

  test('承認されるまで検索されず、承認されるとすぐに選べ、提案した医師会から見える', async () => {
    const { district, prefecture } = ground;
    const search = async () => must(await ask(facilitySearch, by(district), { q: '北区ひまわり', prefecture: '27' }));
    const { id } = must(await run(proposeNew, by(district), fresh, newId()));
    expect(await search()).toEqual([]);
    must(await approved(prefecture, id));
    const [found] = await search();
    expect(found).toMatchObject({ name: '北区ひまわり診療所', state: 'registered', associationId: district.associationId });
    const detail = must(await ask(facilityDetail, by(district), { id: found?.id ?? '' }));
    expect(detail.history).toMatchObject([{ what: '登録', changes: [] }]);
  });

  test('同じ名称または電話番号の施設があるときは、別の施設であることを確かめる', async () => {
    const { district } = ground;
    const refused = await run(proposeNew, by(district), fresh, newId());
    expect(refused).toMatchObject({ refusal: { fields: { distinct: [expect.any(String)] } } });
    const byTel = await run(proposeNew, by(district), { ...fresh, name: '別の名称' }, newId());
    expect(byTel).toMatchObject({ refusal: { fields: { distinct: [expect.any(String)] } } });
    const { id } = must(await run(proposeNew, by(district), { ...fresh, distinct: '1' }, newId()));
    must(await run(rejectProposal, by(ground.prefecture), { id, version: 1, answer: '登録済みです' }, newId()));
  });

  test('ほかの都道府県の施設は、その都道府県医師会が審査する', async () => {
    const { district, prefecture, elsewhere } = ground;
    const there = { ...fresh, name: '港区ひまわり診療所', tel: '', prefectureCode: '13', address: '東京都港区芝1-1' };
    const { id } = must(await run(proposeNew, by(district), there, newId()));
    expect(await ask(proposalDetail, by(prefecture), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(must(await ask(proposalDetail, by(elsewhere), { id }))).toMatchObject({
      decider: elsewhere.associationName,
      may: { review: true },
    });
    expect(await run(proposeNew, by(district), { ...there, prefectureCode: '99' }, newId())).toMatchObject({
      refusal: { fields: { prefectureCode: [expect.any(String)] } },
    });
  });

  test('一覧は新しい順に、前後のページへ進む', async () => {
    const { district } = ground;
    for (const number of Array.from({ length: 26 }, (_, index) => index)) {
      const one = { ...fresh, name: `北区第${number}診療所`, tel: '', distinct: '1' };
      must(await run(proposeNew, by(district), one, newId()));
    }
    const first = must(await ask(proposalList, by(district), {}));
    expect(first.rows).toHaveLength(25);
    expect(first.rows[0]?.facility).toBe('北区第25診療所');
    expect(first.before).toBeUndefined();
    const second = must(await ask(proposalList, by(district), { after: first.after }));
    expect(second.rows[0]?.facility).toBe('北区第0診療所');
    expect(second.after).toBeUndefined();
    expect(must(await ask(proposalList, by(district), { before: second.before })).rows).toEqual(first.rows);
  });
});
