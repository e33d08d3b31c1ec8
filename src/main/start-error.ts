/** A failure whose message is already one clear sentence for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The `code` of a Node or PostgreSQL error, or an empty string. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorMessage(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** True when the failure, or the output of a program, says that the disk is full. */
export function meansDiskFull(error: unknown): boolean {
  if (FULL.has(errorCode(error)) || /No space left on device|ENOSPC|Disk quota exceeded/.test(errorMessage(error))) return true;
  return error instanceof Error && error.cause !== undefined && meansDiskFull(error.cause);
}

/** True when the file system refused us for lack of rights. */
export function meansForbidden(error: unknown): boolean {
  return FORBIDDEN.has(errorCode(error));
}

/** Turns any failure into one sentence; never a stack trace. `event` is "could not start" or the like. */
export function sentenceFor(error: unknown, { dataDir, event }: { dataDir: string; event: string }): string {
  if (error instanceof StartError) return error.message;
  if (meansDiskFull(error)) return diskFull(dataDir);
  return `MAMIS ${event}: ${chainOf(error).join(' ') || 'unknown failure'}`;
}

/** First lines of the messages from the failure down to its first cause. */
function chainOf(error: unknown): string[] {
  const first = errorMessage(error).split('\n')[0] ?? '';
  return error instanceof Error && error.cause !== undefined ? [first, ...chainOf(error.cause)] : [first];
}

/** The sentence for a full disk. */
export function diskFull(dataDir: string): string {
  return `The disk that holds the data directory ${dataDir} is full; free some space and start again.`;
}
