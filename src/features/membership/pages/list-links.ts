import type { MemberFilter } from '../queries/member-filter.ts';
import { narrowing, readMemberConditions } from '../queries/member-filter.ts';

/** Conditions of 会員情報管理 in an address, without the place within the list. */

const own = new Set(['after', 'before']);

export function memberSearch(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name, value]) => !own.has(name) && value !== ''));
  if (!kept.has('status')) kept.set('status', 'current');
  return `?${kept.toString()}`;
}

/** Conditions of the list that notices know too (`screens.md O-16`), by their names there. */
const shared: readonly (readonly [keyof MemberFilter, string])[] = [
  ['category', 'categories'],
  ['jma', 'jma'],
  ['below', 'lower'],
  ['ownerType', 'owners'],
  ['work', 'works'],
  ['facility', 'facility'],
  ['position', 'positions'],
  ['designation', 'designations'],
  ['sex', 'sex'],
  ['department', 'departments'],
  ['ageFrom', 'ageFrom'],
  ['ageTo', 'ageTo'],
];

/**
 * The conditions of a list for お知らせを作成する (`screens.md O-07`). What a notice cannot be narrowed by is left out and said
 * so (`left`): a name or a number never stands in the address.
 */
export function noticeConditions(filter: MemberFilter, narrowed: readonly string[]): string {
  const onlyTrainees = filter.mark.length === 1 && filter.mark[0] === 'trainee';
  const known = new Set<string>(['selection', ...shared.map(([name]) => name), ...(onlyTrainees ? ['mark'] : [])]);
  const given = shared.flatMap(([name, there]) => {
    const value = filter[name];
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [[there, String(value)]] : [];
  });
  const leftOut =
    (filter.status !== 'current' && filter.selection === '') ||
    filter.on !== undefined ||
    filter.knownAt !== undefined ||
    narrowed.some((name) => !known.has(name));
  return new URLSearchParams([
    ['from', 'members'],
    ...given,
    ...(onlyTrainees ? [['training', '1']] : []),
    ...(filter.selection === '' ? [] : [['selection', filter.selection]]),
    ...(leftOut ? [['left', '1']] : []),
  ]).toString();
}

/** What can be made of members: for those chosen, or for the whole list. */
export const listActions = { notice: 'お知らせを作成する', file: 'CSVダウンロード', labels: '宛名ラベル' } as const;
export type ListAction = keyof typeof listActions;

/** How the list stands besides its conditions; that goes on with a choice of persons. */
const standing = ['on', 'knownAt', 'column', 'sort'];

/** The conditions of a choice, as of the day of the list it was made in. */
export function selectionSearch(search: string, selection: string): string {
  const kept = [...new URLSearchParams(search)].filter(([name, value]) => standing.includes(name) && value !== '');
  return `?${new URLSearchParams([...kept, ['status', 'all'], ['selection', selection]]).toString()}`;
}

/** Where a file, labels or a notice for a list are made; `conditions` as they stand in its address. */
export function actionAddress(action: ListAction, conditions: string): string {
  if (action === 'notice') {
    const filter = readMemberConditions(conditions);
    return `/office/notices/new?${filter === undefined ? '' : noticeConditions(filter, narrowing(filter))}`;
  }
  const asked = new URLSearchParams({ list: 'members', conditions });
  if (action === 'labels') asked.set('format', 'label');
  return `/office/exports/new?${asked.toString()}`;
}
