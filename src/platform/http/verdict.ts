/** What the guard decided about a request before any loader or action ran. */
export type Verdict =
  | { kind: 'pass' }
  | { kind: 'redirect'; to: string }
  | { kind: 'refuse'; status: 400 | 403 | 404 | 405 | 413 | 429 | 503; retryAfterSeconds?: number };
