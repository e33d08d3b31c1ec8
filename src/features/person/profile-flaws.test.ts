import { describe, expect, it } from 'vitest';
import { day } from '#kernel/day.ts';
import { readable } from './queries/profile-flaws.ts';
import { flawsOfProfile } from './rules.ts';

const today = day('2026-11-23');

describe('登録情報の誤りは、一度にすべて伝える', () => {
  it('何も入力していないときも、出身校はいずれかが必要と分かる', () => {
    expect(flawsOfProfile(readable({}), today)).toEqual({ schoolCode: ['いずれかを選択ください'] });
  });

  it('ほかの項目が誤っていても、未来の日付と旧姓の読みを伝える', () => {
    const draft = {
      tel: 'x',
      birthOn: '1990/01/01',
      licensedOn: '2027/01/01',
      graduatedOn: '2027/03',
      formerSurname: '山田',
      schoolText: '大学',
    };
    expect(flawsOfProfile(readable(draft), today)).toEqual({
      licensedOn: ['医籍登録日に未来の日付は入力できません'],
      graduatedOn: ['卒業年月に未来の日付は入力できません'],
      formerSurnameKana: ['旧姓をカタカナで入力してください'],
    });
  });

  it('読めない日付からは、ほかの日付について何も言わない', () => {
    expect(flawsOfProfile(readable({ birthOn: '2020/13/01', licensedOn: '2021/04/01', schoolText: '大学' }), today)).toEqual({});
  });
});
