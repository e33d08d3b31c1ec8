import { type CookieName, cookieName, readCookie, writeCookie } from '../session/cookie.ts';
import type { Arrival } from './arrival.ts';
import type { Cookies } from './request-context.ts';

const flashSeconds = 60;
const deviceSeconds = 365 * 24 * 60 * 60;
/** Accounts remembered on one browser: a shared machine of an office. */
const mostDeviceAccounts = 10;

/** The session token that the request carries, unproven: of the caller's own header (API), else of the cookie. */
export function sessionTokenOf(arrival: Arrival): string | undefined {
  const bearer = /^Bearer ([\w-]+)$/.exec(arrival.header('authorization') ?? '')?.[1];
  return bearer ?? readCookie(arrival.header('cookie') ?? null, cookieName('mamis', arrival.secure));
}

/** Cookie changes of one request; they leave with its answer. */
export function makeCookies(arrival: Arrival): Cookies {
  const { secure, signer } = arrival;
  const set = (name: CookieName, value: string, maxAgeSeconds?: number) => {
    arrival.setCookies.push(writeCookie({ name: cookieName(name, secure), value, secure, maxAgeSeconds }));
  };
  const get = (name: CookieName): string | undefined => {
    const value = readCookie(arrival.header('cookie') ?? null, cookieName(name, secure));
    return value === undefined ? undefined : signer.verify(name, value);
  };
  const accounts = () => (get('mamis-device') ?? '').split(',').filter((id) => id !== '');
  return {
    startSession: (token) => set('mamis', token),
    endSession: () => set('mamis', '', 0),
    flash: (message) => set('mamis-flash', signer.sign('mamis-flash', message), flashSeconds),
    takeFlash: () => {
      const message = get('mamis-flash');
      if (message !== undefined) set('mamis-flash', '', 0);
      return message;
    },
    keep: (name, text, seconds) => set(name, signer.sign(name, text), seconds),
    kept: get,
    forget: (name) => set(name, '', 0),
    knowsDevice: (accountId) => accounts().includes(accountId),
    rememberDevice: (accountId) => {
      const known = [accountId, ...accounts().filter((id) => id !== accountId)].slice(0, mostDeviceAccounts);
      set('mamis-device', signer.sign('mamis-device', known.join(',')), deviceSeconds);
    },
  };
}
