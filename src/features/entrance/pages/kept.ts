import type { RouterContextProvider } from 'react-router';
import { stateOf } from '#platform/http/request-context.ts';
import { type Agreed, agreedInput } from '../schema.ts';

/** What a browser carries from page to page before anybody is logged in; signed, without anything personal. */

type Provider = Readonly<RouterContextProvider>;

const consentSeconds = 24 * 60 * 60;

/** What was agreed to, and the check of an address that this browser asked for. */
export type Consent = { agreed: Agreed; checkId: string | undefined };

export function keepConsent(provider: Provider, { agreed, checkId }: Consent): void {
  stateOf(provider).cookies.keep('mamis-consent', `${agreed.terms}.${agreed.privacy}.${checkId ?? ''}`, consentSeconds);
}

/** The consent of this browser; undefined before A-03, or a day later. */
export function consentOf(provider: Provider): Consent | undefined {
  const [terms, privacy, checkId = ''] = (stateOf(provider).cookies.kept('mamis-consent') ?? '').split('.');
  const agreed = agreedInput.safeParse({ terms: Number(terms), privacy: Number(privacy) });
  return agreed.success ? { agreed: agreed.data, checkId: checkId === '' ? undefined : checkId } : undefined;
}

/** The word by which this browser goes on with its registration. */
export function entryToken(provider: Provider): string | undefined {
  return stateOf(provider).cookies.kept('mamis-entry');
}

export function keepEntry(provider: Provider, token: string, seconds: number): void {
  stateOf(provider).cookies.keep('mamis-entry', token, seconds);
}

/** Who has given an initial login and his day of birth; good for a day. */
export function keepFirst(provider: Provider, accountId: string): void {
  const { cookies, context: ctx } = stateOf(provider);
  cookies.keep('mamis-first', `${accountId}|${ctx.now.getTime() + consentSeconds * 1000}`, consentSeconds);
}

/** The account of a first login that this browser goes on with. */
export function firstOf(provider: Provider): string | undefined {
  const { cookies, context: ctx } = stateOf(provider);
  const [accountId = '', until] = (cookies.kept('mamis-first') ?? '').split('|');
  return accountId !== '' && Number(until) > ctx.now.getTime() ? accountId : undefined;
}

/** The registration is over for this browser. */
export function forgetEntry(provider: Provider): void {
  const { cookies } = stateOf(provider);
  cookies.forget('mamis-first');
  cookies.forget('mamis-entry');
  cookies.forget('mamis-consent');
}
