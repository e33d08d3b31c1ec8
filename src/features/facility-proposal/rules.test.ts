import { describe, expect, test } from 'vitest';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import type { FacilityContent } from '#features/facility/fields.ts';
import { actsOn, mayPropose } from './policy.ts';
import { changesTo, closingOf, deciderOf, mergeDayFault, stillFits, unknownCodes } from './rules.ts';

const clinic: FacilityContent = {
  name: '北区さくら医院',
  kana: 'キタクサクライイン',
  commonName: '',
  institutionCode: '',
  postalCode: '5300001',
  prefectureCode: '27',
  address: '大阪市北区梅田1-1',
  tel: '06-0000-0001',
  fax: '',
  ownerType: '11',
  beds: '',
  attached: '',
};

describe('提案の内容', () => {
  test('変わった項目だけが、様式の順に、変更前と変更後で残る', () => {
    expect(changesTo(clinic, clinic)).toEqual([]);
    expect(changesTo(clinic, { ...clinic, tel: '06-0000-0009', commonName: 'さくら' })).toEqual([
      { field: 'commonName', before: '', after: 'さくら' },
      { field: 'tel', before: '06-0000-0001', after: '06-0000-0009' },
    ]);
  });

  test('ほかの項目が変わっても当てはまり、同じ項目が変われば当てはまらない', () => {
    const changes = changesTo(clinic, { ...clinic, tel: '06-0000-0009' });
    expect(stillFits({ ...clinic, name: '北区さくらクリニック' }, changes)).toBe(true);
    expect(stillFits({ ...clinic, tel: '06-0000-0008' }, changes)).toBe(false);
  });

  test('一覧に無いコードは選び直す。いまのままのコードは妨げない', () => {
    const known = { prefectures: ['27'], owners: ['05'] };
    expect(unknownCodes({ ...clinic, prefectureCode: '99' }, known)).toEqual(['prefectureCode', 'ownerType']);
    expect(unknownCodes(clinic, { ...known, present: clinic })).toEqual([]);
  });
});

test('審査するのは、施設の所在地の都道府県医師会。分からなければ、提案した医師会の都道府県医師会', () => {
  const chain = (...ids: number[]) => ids.map((id, index) => ({ id, layer: 3 - index }));
  const proposerChain = chain(27_001, 27_000, 0);
  expect(deciderOf({ facilityChain: chain(13_005, 13_000, 0), prefectural: { id: 14_000, layer: 2 }, proposerChain })).toBe(13_000);
  expect(deciderOf({ facilityChain: [], prefectural: { id: 14_000, layer: 2 }, proposerChain })).toBe(14_000);
  expect(deciderOf({ facilityChain: [], prefectural: undefined, proposerChain })).toBe(27_000);
  expect(deciderOf({ facilityChain: [], prefectural: undefined, proposerChain: [] })).toBeUndefined();
});

describe('できること', () => {
  const office = (associationId: number, layer: 1 | 2 | 3, role: OfficeActor['role'] = 'clerk'): OfficeActor => ({
    kind: 'office',
    accountId: 'a',
    staffId: 's',
    displayName: '',
    associationId,
    associationName: '',
    layer,
    role,
  });
  const district = office(27_001, 3);
  const prefecture = office(27_000, 2);
  const jma = office(0, 1);
  const proposal = { associationId: 27_001, deciderId: 27_000, state: 'proposed' as const };

  test('提案は郡市区等と都道府県の医師会。日本医師会・外部委託先・医師は提案しない', () => {
    expect([district, prefecture].every(mayPropose)).toBe(true);
    const doctor: Actor = { kind: 'doctor', accountId: 'a', personId: 'p', displayName: '' };
    expect([jma, office(27_001, 3, 'trainingContractor'), doctor].some(mayPropose)).toBe(false);
  });

  test('提案した郡市区等医師会は取り下げるだけ、都道府県医師会が審査する。自らの提案は都道府県医師会が自ら審査する', () => {
    expect(actsOn(district, proposal)).toEqual({ review: false, withdraw: true, merge: false, unplan: false });
    expect(actsOn(prefecture, proposal)).toEqual({ review: true, withdraw: false, merge: false, unplan: false });
    expect(actsOn(prefecture, { ...proposal, associationId: 27_000 })).toEqual({
      review: true,
      withdraw: true,
      merge: false,
      unplan: false,
    });
    for (const other of [office(13_000, 2), office(27_002, 3), jma])
      expect(actsOn(other, proposal)).toEqual({ review: false, withdraw: false, merge: false, unplan: false });
  });

  test('統合待ちは日本医師会だけ、決まったものは誰にも', () => {
    expect(actsOn(jma, { ...proposal, state: 'forwarded' })).toEqual({ review: false, withdraw: false, merge: true, unplan: false });
    expect(actsOn(prefecture, { ...proposal, state: 'forwarded' })).toEqual({
      review: false,
      withdraw: false,
      merge: false,
      unplan: false,
    });
    expect(actsOn(jma, { ...proposal, state: 'planned' })).toEqual({ review: false, withdraw: false, merge: false, unplan: true });
    expect(actsOn(prefecture, { ...proposal, state: 'planned' }).unplan).toBe(false);
    for (const state of ['approved', 'merged', 'rejected', 'withdrawn'] as const)
      for (const actor of [district, prefecture, jma])
        expect(actsOn(actor, { ...proposal, state })).toEqual({ review: false, withdraw: false, merge: false, unplan: false });
  });
});

test('統合日は本日から1年以内で、残す施設でないほうが閉鎖される', () => {
  const today = day('2026-01-15');
  expect([day('2026-01-14'), today, day('2027-01-16'), day('2027-01-17')].map((on) => mergeDayFault(on, today))).toEqual([
    'past',
    undefined,
    undefined,
    'far',
  ]);
  const both = { facilityId: 'a', otherId: 'b' };
  expect(['a', 'b', 'c', ''].map((stays) => closingOf(both, stays))).toEqual(['b', 'a', undefined, undefined]);
  expect(closingOf({ facilityId: 'a', otherId: null }, '')).toBeUndefined();
});
