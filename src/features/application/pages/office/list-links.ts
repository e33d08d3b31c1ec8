/** The list that a case was opened from travels in the address, so that 前へ, 次へ and 申請一覧に戻る know it. */

const own = new Set(['after', 'before', 'notes', 'index', 'date', 'category']);

/** Conditions of the list in an address, without the place within it; always names the tab. */
export function listSearch(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name, value]) => !own.has(name) && value !== ''));
  if (!kept.has('tab')) kept.set('tab', 'todo');
  return `?${kept.toString()}`;
}

/** True when the case was opened from a list. */
export function fromList(search: string): boolean {
  return new URLSearchParams(search).has('tab');
}

export function listTo(search: string): string {
  return `/office/applications${listSearch(search)}`;
}

export function caseTo(id: string, search: string): string {
  return `/office/applications/${id}${listSearch(search)}`;
}

export function decisionTo(id: string, action: string, search: string): string {
  return `/office/applications/${id}/${action}${listSearch(search)}`;
}
