import type { MemberFilter } from '../queries/member-filter.ts';

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
  const known = new Set<string>([...shared.map(([name]) => name), ...(onlyTrainees ? ['mark'] : [])]);
  const given = shared.flatMap(([name, there]) => {
    const value = filter[name];
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [[there, String(value)]] : [];
  });
  const leftOut =
    filter.status !== 'current' || filter.on !== undefined || filter.knownAt !== undefined || narrowed.some((name) => !known.has(name));
  return new URLSearchParams([
    ['from', 'members'],
    ...given,
    ...(onlyTrainees ? [['training', '1']] : []),
    ...(leftOut ? [['left', '1']] : []),
  ]).toString();
}
