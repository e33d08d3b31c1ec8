/** Only our own files and the scripts of this answer run; no inline style, no frame around us, no form to elsewhere. */
function contentPolicy(nonce: string, secure: boolean): string {
  const rules = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return (secure ? [...rules, 'upgrade-insecure-requests'] : rules).join('; ');
}

const always: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  // Not no-referrer: browsers would send `Origin: null` with our own forms.
  ['Referrer-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

/** Adds what every answer carries. An answer with a policy of its own (a document shown safely) keeps it. */
export function addSecurityHeaders(headers: Headers, answer: { nonce: string; secure: boolean; requestId: string }): void {
  for (const [name, value] of always) headers.set(name, value);
  if (!headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', contentPolicy(answer.nonce, answer.secure));
    headers.set('X-Frame-Options', 'DENY');
  }
  if (answer.secure) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  headers.set('X-Request-Id', answer.requestId);
}

const defaultRetrySeconds = 5;

/** A refusal for now says when to come again. */
export function addRetryAfter(headers: Headers, status: number, seconds: number | undefined): void {
  if ((status === 503 || status === 429) && !headers.has('Retry-After')) {
    headers.set('Retry-After', String(seconds ?? defaultRetrySeconds));
  }
}
