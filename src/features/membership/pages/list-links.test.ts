import { expect, test } from 'vitest';
import { memberListInput, narrowing } from '../queries/member-filter.ts';
import { actionAddress, noticeConditions, selectionSearch } from './list-links.ts';

const handed = (asked: Record<string, string>) => {
  const filter = memberListInput.parse(asked);
  return Object.fromEntries(new URLSearchParams(noticeConditions(filter, narrowing(filter))));
};

test('会員一覧の条件は、お知らせの対象に使えるものだけを引き継ぎ、残りは引き継いでいないと伝える(O-07)', () => {
  expect(handed({})).toEqual({ from: 'members' });
  expect(handed({ category: '3', jma: 'no', work: '11', ageFrom: '40' })).toEqual({
    from: 'members',
    categories: '3',
    jma: 'no',
    works: '11',
    ageFrom: '40',
  });
  expect(handed({ facility: 'つばき', position: '02', designation: '01', sex: 'female' })).toEqual({
    from: 'members',
    facility: 'つばき',
    positions: '02',
    designations: '01',
    sex: 'female',
  });
  expect(handed({ mark: 'trainee' })).toEqual({ from: 'members', training: '1' });
  expect(handed({ name: '山田', department: '01' })).toEqual({ from: 'members', departments: '01', left: '1' });
  expect(handed({ status: 'left' })).toEqual({ from: 'members', left: '1' });
});

test('選んだ会員の条件は、一覧の日付と列だけを引き継ぎ、氏名などは引き継がない(O-07)', () => {
  const selection = '00000000-0000-7000-8000-000000000001';
  const conditions = selectionSearch('?name=山田&on=2026-01-01&column=age&after=x&status=current', selection);
  expect(Object.fromEntries(new URLSearchParams(conditions))).toEqual({ on: '2026-01-01', column: 'age', status: 'all', selection });
  expect(actionAddress('labels', conditions)).toContain('&format=label');
  const notice = new URL(actionAddress('notice', selectionSearch('?status=left', selection)), 'http://x').searchParams;
  expect(Object.fromEntries(notice)).toEqual({ from: 'members', selection });
  expect(actionAddress('notice', '?status=current')).toBe('/office/notices/new?from=members');
});
