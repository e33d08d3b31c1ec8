/** The answer of a command or query that was not carried out. Every refusal is the user's to mend or to read: never a 5xx. */

export type RefusalCode = 'invalid' | 'unauthenticated' | 'forbidden' | 'notFound' | 'conflict' | 'tooLarge' | 'tooMany' | 'unavailable';

/** Messages per field name, in Japanese, ready to show. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export type Refusal = {
  code: RefusalCode;
  /** One polite Japanese sentence for the whole form. */
  message: string;
  fields?: FieldErrors;
  /** For `conflict`: the state as it is now, so that the screen can show it. */
  current?: unknown;
  /** For `tooMany` and `unavailable`: seconds until it is worth trying again. */
  retryAfterSeconds?: number;
  /** A link that helps, e.g. to the open application that stands in the way. */
  link?: { to: string; label: string };
};

export type Refused = { ok: false; refusal: Refusal };
export type Accepted<T> = { ok: true; value: T };
export type Outcome<T> = Accepted<T> | Refused;

/** The good end of a decision or command. */
export function accepted<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

/** The other end, from a ready refusal. */
export function refused(refusal: Refusal): Refused {
  return { ok: false, refusal };
}

const texts: Record<RefusalCode, string> = {
  invalid: '入力内容に誤りがあります。次の項目をご確認ください。',
  unauthenticated: 'ログインしてください。',
  forbidden: 'この操作を行う権限がありません。',
  notFound: 'URLが変わったか、表示できる範囲にありません。',
  conflict: 'ほかの操作により内容が変わりました。最新の内容をご確認ください。',
  tooLarge: 'ファイルの大きさが上限を超えています',
  tooMany: 'しばらく待ってからお試しください',
  unavailable: 'ただいまご利用いただけません',
};

/** A refusal with the standard sentence of its code unless a better one is given. */
export function refuse(code: RefusalCode, more: Partial<Omit<Refusal, 'code'>> = {}): Refused {
  return refused({ code, message: texts[code], ...more });
}

/** A refusal that belongs to named fields. */
export function refuseFields(fields: FieldErrors): Refused {
  return refuse('invalid', { fields });
}

const statuses: Record<RefusalCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  tooMany: 429,
  unavailable: 503,
};

/** The HTTP status of a refusal (`screens.md 1.6`). */
export function statusOf(refusal: Refusal): number {
  return statuses[refusal.code];
}
