import type { MemberFilter } from '../queries/member-filter.ts';
import { readMemberConditions } from '../queries/member-filter.ts';

/** Conditions of 会員情報管理 in an address, without the place within the list. */

const own = new Set(['after', 'before']);

export function memberSearch(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name, value]) => !own.has(name) && value !== ''));
  if (!kept.has('status')) kept.set('status', 'current');
  return `?${kept.toString()}`;
}

/** Conditions of the list that are judged on the day of reading, by their names in a notice (`screens.md O-16`). */
const lasting: readonly (readonly [keyof MemberFilter, string])[] = [
  ['category', 'categories'],
  ['jmaCategory', 'jmaCategories'],
  ['jma', 'jma'],
  ['below', 'lower'],
  ['facility', 'facility'],
  ['ownerType', 'owners'],
  ['work', 'works'],
  ['position', 'positions'],
  ['designation', 'designations'],
  ['department', 'departments'],
  ['sex', 'sex'],
  ['ageFrom', 'ageFrom'],
  ['ageTo', 'ageTo'],
  ['school', 'schools'],
  ['graduatedFrom', 'graduatedFrom'],
  ['graduatedTo', 'graduatedTo'],
  ['joinedFrom', 'joinedFrom'],
  ['joinedTo', 'joinedTo'],
  ['leftFrom', 'leftFrom'],
  ['leftTo', 'leftTo'],
  ['leftReason', 'leftReasons'],
];

/**
 * True when a notice can only be for those who stand in the list now: a name or a number has no business in an address, and
 * another day, another knowledge, one workplace, 退会 and 入会予定 are no conditions of the day of reading.
 */
function isOfNow(filter: MemberFilter): boolean {
  const { name, licence, facilityId, on, knownAt, status } = filter;
  return (
    name !== '' ||
    licence !== '' ||
    facilityId !== '' ||
    on !== undefined ||
    knownAt !== undefined ||
    status === 'left' ||
    status === 'joining'
  );
}

const isDayBox = /^(?:joined|left)(?:From|To)$/;

/** The conditions of a list for お知らせを作成する (`screens.md O-07`); `past` where the list holds persons who are no members. */
export function noticeConditions(filter: MemberFilter): string {
  const given = lasting.flatMap(([name, there]) => {
    const value = filter[name];
    if (typeof value !== 'number' && (typeof value !== 'string' || value === '')) return [];
    return [[there, isDayBox.test(there) ? String(value).replaceAll('-', '/') : String(value)]];
  });
  const chosen = filter.selection !== '';
  return new URLSearchParams([
    ['from', 'members'],
    ...given,
    ...filter.mark.map((mark) => ['marks', mark]),
    ...(filter.status === 'leaving' && !chosen ? [['leaving', '1']] : []),
    ...(chosen ? [['selection', filter.selection]] : []),
    ...(filter.status === 'all' && !chosen ? [['past', '1']] : []),
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

/** A notice without ticks that can only be for those who stand in the list now. */
export function needsChoice(action: ListAction, conditions: string): boolean {
  const filter = action === 'notice' ? readMemberConditions(conditions) : undefined;
  return filter !== undefined && isOfNow(filter);
}

/** Where a file, labels or a notice for chosen members are made; a notice says when the list held who has left. */
export function chosenAddress(action: ListAction, conditions: string, selection: string): string {
  const to = actionAddress(action, selectionSearch(conditions, selection));
  const status = readMemberConditions(conditions)?.status;
  return action === 'notice' && (status === 'left' || status === 'all') ? `${to}&past=1` : to;
}

/** Where a file, labels or a notice for a list are made; `conditions` as they stand in its address. */
export function actionAddress(action: ListAction, conditions: string): string {
  if (action === 'notice') {
    const filter = readMemberConditions(conditions);
    return `/office/notices/new?${filter === undefined ? '' : noticeConditions(filter)}`;
  }
  const asked = new URLSearchParams({ list: 'members', conditions });
  if (action === 'labels') asked.set('format', 'label');
  return `/office/exports/new?${asked.toString()}`;
}
