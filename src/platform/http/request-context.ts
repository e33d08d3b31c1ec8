import { createContext, type RouterContextProvider } from 'react-router';
import type { Context } from '../context.ts';
import type { KeptName } from '../session/cookie.ts';
import type { Log } from '../log/log.ts';
import type { Hold, OpenSession } from '../session/visitor.ts';
import type { Verdict } from './verdict.ts';

/** Changes of cookies that a loader or action asks for; the door writes them on the answer. */
export type Cookies = {
  startSession: (token: string) => void;
  endSession: () => void;
  /** One sentence for the next page, e.g. 「保存しました。」. */
  flash: (message: string) => void;
  /** The sentence left by the page before; it is gone afterwards. */
  takeFlash: () => string | undefined;
  /** Leaves a signed text with this browser for so many seconds; it can be read there, but not changed. */
  keep: (name: KeptName, text: string, seconds: number) => void;
  kept: (name: KeptName) => string | undefined;
  forget: (name: KeptName) => void;
  /** True when this browser has logged in to the account before. */
  knowsDevice: (accountId: string) => boolean;
  rememberDevice: (accountId: string) => void;
};

/** What the door knows of one request. */
export type RequestState = {
  context: Context;
  session: OpenSession | undefined;
  /** What this person must settle first. */
  hold: Hold | undefined;
  verdict: Verdict;
  cookies: Cookies;
  /** The session token that came with the request, still unproven. */
  token: string | undefined;
  userAgent: string;
  log: Log;
};

export const requestState = createContext<RequestState>();

type Provider = Readonly<Pick<RouterContextProvider, 'get'>>;

/** Everything of the request, for sign-in pages. */
export function stateOf(provider: Provider): RequestState {
  return provider.get(requestState);
}

/** In a loader or action: `const ctx = contextOf(args.context)`. */
export function contextOf(provider: Provider): Context {
  return stateOf(provider).context;
}

/** For the root loader: the sentence of 1.5 「Flash after success」. */
export function takeFlash(provider: Provider): string | undefined {
  return stateOf(provider).cookies.takeFlash();
}
