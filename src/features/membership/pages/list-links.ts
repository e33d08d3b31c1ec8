/** Conditions of 会員情報管理 in an address, without the place within the list. */

const own = new Set(['after', 'before']);

export function memberSearch(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name, value]) => !own.has(name) && value !== ''));
  if (!kept.has('status')) kept.set('status', 'current');
  return `?${kept.toString()}`;
}
