import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { newCode, readCode, readNumber, sameCode } from './code.ts';
import { contentCodes } from './fields.ts';
import { codeText, paperRows } from './labels.ts';
import type { Known, PaperWish } from './rules.ts';
import { judgePaper, membershipOn, stillHolds } from './rules.ts';

const known: Known = {
  name: '髙橋 花子',
  formerName: '山﨑 花子',
  licence: { number: '412345', checked: true },
  birthOn: day('1980-04-01'),
  periods: [
    { joinedOn: day('2010-04-01'), leftOn: day('2015-03-31') },
    { joinedOn: day('2020-04-01'), leftOn: null },
  ],
  phases: [
    { startsOn: day('2020-04-01'), endsOn: day('2022-03-31'), categoryId: 1, categoryName: 'B', facilityId: null, facilityName: '' },
    { startsOn: day('2022-04-01'), endsOn: null, categoryId: 2, categoryName: 'A1', facilityId: 'f1', facilityName: '北区さくら診療所' },
  ],
};
const issuer = { association: { id: 27_001, name: '大阪市北区医師会', layer: 3 }, president: { title: '会長', name: '' }, sealId: null };
const wish: PaperWish = { baseOn: day('2026-01-15'), contents: contentCodes, nameForm: 'former', purpose: '転職先への提出' };
const about = { issuer, today: day('2026-01-15') };

function paperOf(more: Partial<PaperWish> = {}) {
  const paper = judgePaper(known, { ...wish, ...more }, about);
  if (!paper.ok) throw new Error(JSON.stringify(paper.refusal.fields));
  return paper.value;
}

function refusedFields(more: Partial<PaperWish>, who: Known = known) {
  const paper = judgePaper(who, { ...wish, ...more }, about);
  return paper.ok ? {} : paper.refusal.fields;
}

describe('在籍証明書に書けること(screens.md D-13)', () => {
  test('退会日の当日までは会員であり、翌日からは証明できない', () => {
    expect(membershipOn(known, day('2015-03-31'))?.joinedOn).toBe('2010-04-01');
    expect(membershipOn(known, day('2015-04-01'))).toBeUndefined();
    expect(refusedFields({ baseOn: day('2015-04-01') })).toEqual({ baseOn: ['基準日に大阪市北区医師会の会員ではありません'] });
    expect(refusedFields({ baseOn: day('2026-01-16') })).toEqual({ baseOn: ['基準日に未来の日付は入力できません'] });
    expect(refusedFields({}, { ...known, formerName: null })).toHaveProperty('nameForm');
  });

  test('選んだ事実だけを、基準日のものとして書く', () => {
    expect(paperRows(paperOf()).map((row) => [row.label, ...row.lines])).toEqual([
      ['氏名', '髙橋 花子(旧姓 山﨑 花子)'],
      ['医籍登録番号', '第412345号'],
      ['生年月日', '1980年4月1日(昭和55年4月1日)'],
      ['医師会', '大阪市北区医師会(郡市区等医師会)'],
      ['基準日', '2026年1月15日(令和8年1月15日)'],
      ['会員区分', 'A1'],
      ['入会日', '2020年4月1日(令和2年4月1日)'],
      ['所属施設', '北区さくら診療所'],
      ['在籍期間', '2010年4月1日 から 2015年3月31日 まで', '2020年4月1日 から 基準日現在 まで'],
      ['用途・提出先', '転職先への提出'],
    ]);
    const short = paperOf({ contents: [], nameForm: 'current', purpose: '', baseOn: day('2021-05-01') });
    expect(paperRows(short).map((row) => row.label)).toEqual(['氏名', '医師会', '基準日']);
    expect(paperOf({ baseOn: day('2021-05-01') }).category?.name).toBe('B');
  });

  test('後の退会・区分変更・改姓では変わらず、基準日の事実の訂正で「訂正あり」になる', () => {
    const paper = paperOf();
    const [first, second] = known.periods;
    const [old, now] = known.phases;
    if (first === undefined || second === undefined || old === undefined || now === undefined) throw new Error('no ledger');
    expect(stillHolds(paper, known)).toBe(true);
    expect(stillHolds(paper, { ...known, name: '佐藤 花子', formerName: null })).toBe(true);
    expect(stillHolds(paper, { ...known, periods: [first, { ...second, leftOn: day('2026-01-15') }] })).toBe(true);
    expect(stillHolds(paper, { ...known, periods: [first, { ...second, leftOn: day('2026-01-14') }] })).toBe(false);
    expect(stillHolds(paper, { ...known, periods: [first] })).toBe(false);
    expect(stillHolds(paper, { ...known, periods: [{ ...first, leftOn: day('2015-03-30') }, second] })).toBe(false);
    expect(stillHolds(paper, { ...known, phases: [old, { ...now, categoryId: 3 }] })).toBe(false);
    expect(stillHolds(paper, { ...known, phases: [old, { ...now, facilityId: null }] })).toBe(false);
    expect(stillHolds(paper, { ...known, birthOn: day('1980-04-02') })).toBe(false);
    expect(stillHolds(paperOf({ contents: [] }), { ...known, birthOn: day('1980-04-02') })).toBe(true);
  });
});

describe('証明書番号と確認コード', () => {
  test('紙から読み違えやすい書き方でも読める', () => {
    expect(readCode('ａｂ1o-l2ＩＬ 00zz')).toBe('AB10121100ZZ');
    expect(readNumber(' c-0000000012 ')).toBe('C-0000000012');
    expect(readNumber('０００００００１２３')).toBe('C-0000000123');
    for (const none of ['', 'C-12', 'C-00000000012', 'D-0000000012']) expect(readNumber(none)).toBe('');
  });

  test('コードは60ビットの乱数で、同じものは二つとない', () => {
    const codes = Array.from({ length: 500 }, newCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(codeText('AB12CD34EF56')).toBe('AB12-CD34-EF56');
    expect(sameCode('AB12CD34EF56', 'AB12CD34EF56')).toBe(true);
    expect(sameCode('AB12CD34EF56', 'AB12CD34EF57') || sameCode('AB12CD34EF56', '')).toBe(false);
  });
});
