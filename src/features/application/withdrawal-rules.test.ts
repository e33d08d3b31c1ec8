import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { UpperSettings } from './upper-rules.ts';
import { moveTargets } from './upper-rules.ts';
import type { CarriedLine, CarryingAffiliation, LeaveQuestion } from './withdrawal-rules.ts';
import { judgeLeave, leavingLines } from './withdrawal-rules.ts';

const line = (associationId: number, layer: number, name: string): CarriedLine => ({
  associationId,
  layer,
  name,
  joinedOn: day('2020-04-01'),
  leavesOn: undefined,
});
const kita = line(27_001, 3, '北区');
const osaka = line(27_000, 2, '大阪府');
const jma = line(0, 1, '日本');
const nishi = line(27_002, 3, '西区');
const minato = line(13_005, 3, '港区');
const tokyo = line(13_000, 2, '東京都');

const main: CarryingAffiliation = { id: 'a', facility: '本院', isPrimary: true, lines: [kita, osaka, jma], chain: [27_001, 27_000, 0] };
const west: CarryingAffiliation = { id: 'b', facility: '分院', isPrimary: false, lines: [nishi], chain: [27_002, 27_000, 0] };
const east: CarryingAffiliation = { id: 'c', facility: '東京', isPrimary: false, lines: [minato, tokyo], chain: [13_005, 13_000, 0] };

const free: UpperSettings = { allowUpperOnlyWithdrawal: true, requiredUpperLayers: 'none' };

function ask(more: Partial<LeaveQuestion>): LeaveQuestion {
  return { affiliations: [main], affiliationId: 'a', ticked: [], moves: [], settingsOf: () => free, ...more };
}

const ids = (lines: readonly CarriedLine[]) => lines.map((one) => one.associationId);

describe('退会する医師会(rules.md 3.5)', () => {
  test('ある層を選ぶと、その上の層もすべて退会になる', () => {
    expect(ids(leavingLines(main, [27_000]))).toEqual([27_000, 0]);
    expect(ids(leavingLines(main, [0]))).toEqual([0]);
    expect(ids(leavingLines(main, [27_001]))).toEqual([27_001, 27_000, 0]);
    expect(judgeLeave(ask({ ticked: [] }))).toMatchObject({ ok: false, fields: { leave: [expect.anything()] } });
  });

  test('上層のみの退会を認めない医師会', () => {
    const settingsOf = () => ({ ...free, allowUpperOnlyWithdrawal: false });
    expect(judgeLeave(ask({ ticked: [0], settingsOf }))).toEqual({
      ok: false,
      fields: { leave: ['北区の定めにより、日本のみの退会はできません。'] },
    });
    expect(judgeLeave(ask({ ticked: [27_001], settingsOf }))).toMatchObject({ ok: true });
  });

  test('上位の医師会を必須とする医師会では、その層だけを退会できない', () => {
    const prefecture = () => ({ ...free, requiredUpperLayers: 'prefecture' as const });
    expect(judgeLeave(ask({ ticked: [0], settingsOf: prefecture }))).toMatchObject({ ok: true });
    expect(judgeLeave(ask({ ticked: [27_000], settingsOf: prefecture }))).toEqual({
      ok: false,
      fields: { leave: ['北区の定めにより、大阪府のみの退会はできません。'] },
    });
    const all = () => ({ ...free, requiredUpperLayers: 'all' as const });
    expect(judgeLeave(ask({ ticked: [0], settingsOf: all }))).toMatchObject({ ok: false });
  });

  test('共通の上層は、続く所属にだけ移せる。最も下の医師会は移せない', () => {
    const both = { affiliations: [main, west, east], affiliationId: 'a', ticked: [27_001] };
    expect(moveTargets(both, 27_000).map((one) => one.id)).toEqual(['b']);
    expect(moveTargets(both, 0).map((one) => one.id)).toEqual(['b', 'c']);
    expect(moveTargets({ ...both, affiliations: [main, { ...west, lines: [{ ...nishi, leavesOn: day('2026-03-31') }] }] }, 0)).toEqual([]);
  });

  test('日本医師会を移すには、移す先の都道府県も続いていなければならない', () => {
    const affiliations = [main, west];
    const asked = ask({ affiliations, ticked: [27_001] });
    const to = (associationId: number, affiliationId: string) => ({ associationId, affiliationId });
    expect(judgeLeave({ ...asked, moves: [to(27_000, ''), to(0, 'b')] })).toMatchObject({
      ok: false,
      fields: { 'moves.00000': [expect.anything()] },
    });
    expect(judgeLeave({ ...asked, moves: [to(27_000, 'b'), to(0, 'b')] })).toMatchObject({ ok: true });
    expect(judgeLeave({ ...asked, moves: [to(27_000, 'b'), to(0, '')] })).toMatchObject({ ok: true });
    expect(judgeLeave({ ...asked, affiliations: [main, west, east], moves: [to(27_000, ''), to(0, 'c')] })).toMatchObject({ ok: true });
  });

  test('続く所属の医師会が求める上層は終われない', () => {
    const settingsOf = (id: number) => ({ ...free, requiredUpperLayers: id === 27_002 ? ('prefecture' as const) : ('none' as const) });
    const asked = ask({ affiliations: [main, west], ticked: [27_001], settingsOf });
    const moves = [
      { associationId: 27_000, affiliationId: '' },
      { associationId: 0, affiliationId: '' },
    ];
    expect(judgeLeave({ ...asked, moves })).toEqual({ ok: false, fields: { leave: ['西区の定めにより、大阪府のみの退会はできません。'] } });
  });
});
