import { expect, test } from 'vitest';
import { memberListInput } from '../queries/member-filter.ts';
import { actionAddress, chosenAddress, needsChoice, noticeConditions, selectionSearch } from './list-links.ts';

const handed = (asked: Record<string, unknown>) => Object.fromEntries(new URLSearchParams(noticeConditions(memberListInput.parse(asked))));

test('会員一覧の条件は、読む日に判定できるものをすべて、お知らせの条件に引き継ぐ(O-07)', () => {
  expect(handed({})).toEqual({ from: 'members' });
  expect(handed({ category: '3', jmaCategory: '4', jma: 'no', below: '5', work: '11', ageFrom: '40', ageTo: '60' })).toEqual({
    from: 'members',
    categories: '3',
    jmaCategories: '4',
    jma: 'no',
    lower: '5',
    works: '11',
    ageFrom: '40',
    ageTo: '60',
  });
  expect(handed({ facility: 'つばき', ownerType: '01', position: '02', designation: '01', sex: 'female', department: '01' })).toEqual({
    from: 'members',
    facility: 'つばき',
    owners: '01',
    positions: '02',
    designations: '01',
    sex: 'female',
    departments: '01',
  });
  expect(handed({ school: 'S01', graduatedFrom: '2000', joinedTo: '2026/04/01', leftFrom: '2026/05/01', leftReason: 'W01' })).toEqual({
    from: 'members',
    schools: 'S01',
    graduatedFrom: '2000',
    joinedTo: '2026/04/01',
    leftFrom: '2026/05/01',
    leftReasons: 'W01',
  });
  const marks = new URLSearchParams(noticeConditions(memberListInput.parse({ mark: ['waived', 'applying'] })));
  expect(marks.getAll('marks')).toEqual(['waived', 'applying']);
  expect(handed({ status: 'leaving' })).toEqual({ from: 'members', leaving: '1' });
  expect(handed({ status: 'all' })).toEqual({ from: 'members', past: '1' });
});

test('氏名・番号・基準日・退会など、読む日の条件にならないものは、一覧の会員そのものを選んで引き継ぐ(O-07)', () => {
  for (const conditions of ['?name=山田', '?licence=500001', '?on=2026/01/01', '?knownAt=2026/01/01', '?status=left', '?status=joining'])
    expect([conditions, needsChoice('notice', conditions), needsChoice('file', conditions)]).toEqual([conditions, true, false]);
  for (const conditions of ['?status=current', '?status=all&jma=no', '?status=leaving', '?mark=waived'])
    expect([conditions, needsChoice('notice', conditions)]).toEqual([conditions, false]);
  const selection = '00000000-0000-7000-8000-000000000001';
  expect(chosenAddress('notice', '?status=left', selection)).toBe(`/office/notices/new?from=members&selection=${selection}&past=1`);
  expect(chosenAddress('notice', '?name=山田', selection)).toBe(`/office/notices/new?from=members&selection=${selection}`);
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
