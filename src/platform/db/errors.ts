/** What the database said, as far as the wrappers act on it. */

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Name of the violated constraint, or '' when it was none. */
export function constraintOf(error: unknown): string {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}

/** A unique or exclusion constraint stood in the way: somebody was first. */
export function isConstraintConflict(error: unknown): boolean {
  return ['23505', '23P01'].includes(codeOf(error));
}

/** Serialization failure or deadlock: the same work may succeed at once. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'];
const connectionTexts = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
];

/** The database is gone, starting, shutting down, full of connections, or did not answer in time. */
export function isDatabaseGone(error: unknown): boolean {
  const code = codeOf(error);
  if (networkCodes.includes(code) || code.startsWith('08') || code.startsWith('57P') || code === '53300') return true;
  if (code === '57014' || code === '53100' || code === '25P03') return true;
  return error instanceof Error && connectionTexts.some((text) => error.message.includes(text));
}
