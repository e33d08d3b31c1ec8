/** A failure of a job whose message holds no personal data and may be logged and stored as it is. */
export class JobError extends Error {
  override readonly name = 'JobError';
}

/**
 * What may be kept of any failure: kinds and codes, never the message, which often quotes the values it
 * stumbled over (proof P15).
 */
export function describeFailure(error: unknown): string {
  if (error instanceof JobError) return error.message;
  if (!(error instanceof Error)) return 'unknown failure';
  const facts = [error.name];
  for (const key of ['code', 'constraint', 'table', 'routine', 'responseCode', 'command'] as const) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'number' || (typeof value === 'string' && /^[\w .-]{1,60}$/.test(value))) facts.push(`${key}=${value}`);
  }
  return [...facts, ...placesOf(error)].join(' ');
}

/** The first places of our own code in the stack; the stack's head repeats the message and is left out. */
function placesOf(error: Error): string[] {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && line.includes('/src/'));
  return frames.slice(0, 3).map((line) => `at ${line.replace(/^.*\/src\//, 'src/').replace(/\)$/, '')}`);
}
