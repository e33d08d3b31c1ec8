import type { LogFields } from './log.ts';

/** PostgreSQL quotes the offending value in message and detail; these name the place without it. */
function databaseFields(error: Error): LogFields | undefined {
  if (!('severity' in error)) return undefined;
  const text = (name: 'code' | 'constraint' | 'table' | 'column' | 'routine') => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  return { code: text('code'), constraint: text('constraint'), table: text('table'), column: text('column'), routine: text('routine') };
}

/** The lines of a stack that say where, without its first lines, which repeat the message. */
function placesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ');
}

/** What a log line may say of an error: kind and place; of a database error never its message, which quotes data. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const database = databaseFields(error);
  const said: LogFields = database ?? { reason: error.message.slice(0, 300) };
  return { error: error.name, ...said, at: placesOf(error) };
}
