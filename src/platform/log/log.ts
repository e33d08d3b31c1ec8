export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Facts without personal data: ids, counts, codes, names of routes and constraints. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One JSON line per event. Texts are fixed sentences; what varies goes into the fields (`common rule: no personal data in logs`). */
export type Log = Record<LogLevel, (message: string, fields?: LogFields) => void>;

const ranks: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** A log that drops what is below `level`; `write` gets whole lines, by default standard output. */
export function makeLog(options: { level: LogLevel; write?: (line: string) => void; now?: () => Date }): Log {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const now = options.now ?? (() => new Date());
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ranks[level] < ranks[options.level]) return;
      write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
