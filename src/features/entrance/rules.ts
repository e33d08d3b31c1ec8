/** How often a registration may ask whether a login ID is free: enough for a person, useless for a list of names. */
export const mostIdChecks = 30;

/** Names of the fields of a form that hold something. */
export function filledFields(texts: Readonly<Record<string, string | readonly string[]>>): string[] {
  return Object.entries(texts).flatMap(([name, value]) => (value.length > 0 ? [name] : []));
}

export type LinkState = 'open' | 'used' | 'expired';

/** What a one-time link is worth now; one that does not exist is answered like an expired one. */
export function linkState(link: { expiresAt: Date; usedAt: Date | null } | undefined, now: Date): LinkState {
  if (link === undefined) return 'expired';
  if (link.usedAt !== null) return 'used';
  return link.expiresAt > now ? 'open' : 'expired';
}

/** 「t***@e***.jp」: enough to recognise one's own address, not enough to learn another's. */
export function maskedMail(mail: string): string {
  const [name = '', domain = ''] = mail.split('@');
  const [first = '', ...rest] = domain.split('.');
  return `${name.slice(0, 1)}***@${first.slice(0, 1)}***.${rest.at(-1) ?? ''}`;
}
