/** What is pressed, as far as it matters for leaving a page. */
export type PressedLink = {
  /** `https:`, `mailto:` … */
  protocol: string;
  /** Of the address. */
  pathname: string;
  target: string;
  download: boolean;
};

/** True for links that leave the page where it is: files, another tab, the mail program. */
export function staysOnPage({ protocol, pathname, target, download }: PressedLink): boolean {
  if (download || (target !== '' && target !== '_self')) return true;
  if (protocol !== 'http:' && protocol !== 'https:') return true;
  return /\.(?:csv|pdf|xlsx|zip|txt)$/.test(pathname);
}

type Address = { pathname: string; search: string };

/**
 * Whether going from one address to another would lose unsaved input: another page does; another search of the same
 * page only to forms that say that their content belongs to the whole address.
 */
export function wouldLose(from: Address, to: Address, forms: readonly { dataset: DOMStringMap }[]): boolean {
  if (from.pathname !== to.pathname) return forms.length > 0;
  return from.search !== to.search && forms.some(({ dataset }) => dataset['unsaved'] === 'address');
}
