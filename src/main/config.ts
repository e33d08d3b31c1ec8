import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** What the environment and the command line say; nothing is opened yet. */
export interface Settings {
  readonly port: number;
  /** Address to listen on; the demo accounts have public passwords, so only this machine unless HOST says otherwise. */
  readonly host: string;
  /** Everything we write: database files, secrets, uploaded files, digests. */
  readonly dataDir: string;
  /** A PostgreSQL of the operator's; without it the embedded one. */
  readonly databaseUrl?: string;
  /** The origin people see in the browser, e.g. https://mamis.example.jp; needed behind a TLS proxy. */
  readonly publicOrigin?: string;
  /** Believe X-Forwarded-For and X-Forwarded-Proto of the proxy in front. */
  readonly trustProxy: boolean;
  /** smtp:// or smtps:// URL; without it mail stays in the local mailbox page. */
  readonly smtpUrl?: string;
  readonly mailDomain: string;
  readonly mailFrom: string;
  /** Telephone and hours of 運営事務局, shown to those who cannot log in. */
  readonly callCentre?: { tel: string; hours: string };
  /** Where reports of undelivered mails go, e.g. `bounces@mamis.med.or.jp`. */
  readonly mailBounces?: string;
  /** Signed daily digests of the audit log; best on another disk. */
  readonly digestDir: string;
  readonly filesDir: string;
  /** Where other programs are found (PATH): LibreOffice draws previews of Word and Excel where it is installed. */
  readonly searchPath: string;
  /** Fill a new, empty database with demo data. */
  readonly wantsDemo: boolean;
  readonly logLevel: LogLevel;
  /** Given by the operator when several machines serve together; otherwise kept in the data directory. */
  readonly sessionSecret?: string;
  /** Seals the keys of second factors; given when several machines serve together, otherwise kept in the data directory. */
  readonly vaultKey?: string;
  /** Multiplies the rate limits: measurements and load tests come from one address. */
  readonly rateScale?: number;
}

/** Everything a running MAMIS needs, complete after the database is open. */
export interface AppConfig extends Settings {
  /** Connection URL of the role that owns and migrates the database. */
  readonly ownerUrl: string;
  readonly sessionSecret: string;
  /** This database holds demo data: no second factor, logins are printed. */
  readonly demo: boolean;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const flag = z
  .enum(['0', '1', 'false', 'true'], { error: 'must be 0, 1, false or true' })
  .transform((value) => value === '1' || value === 'true');
const urlOf = (protocol: RegExp, example: string) => z.url({ protocol, error: `must look like ${example}` });

const environment = z.object({
  PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 1 to 65535')
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, 'must be a number from 1 to 65535'),
  ),
  HOST: optional(z.string().regex(/^[\w.:-]+$/, 'must be an address or a host name')),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(urlOf(/^postgres(ql)?$/, 'postgres://user:password@host:5432/database')),
  PUBLIC_ORIGIN: optional(
    urlOf(/^https?$/, 'https://mamis.example.jp').refine(
      (text) => new URL(text).origin === text,
      'must be an origin without path, like https://mamis.example.jp',
    ),
  ),
  TRUST_PROXY: optional(flag),
  SMTP_URL: optional(urlOf(/^smtps?$/, 'smtps://user:password@mail.example.jp:465')),
  MAIL_DOMAIN: optional(z.string().regex(/^[a-z0-9.-]+$/, 'must be a domain like mamis.med.or.jp')),
  MAIL_FROM: optional(z.email('must be a mail address')),
  CALL_CENTRE_TEL: optional(z.string().regex(/^\+?[\d-]{8,20}$/, 'must be a telephone number like 03-0000-0000')),
  CALL_CENTRE_HOURS: optional(z.string().max(100, 'must have at most 100 characters')),
  MAIL_BOUNCES: optional(z.email('must be a mail address')),
  DIGEST_DIR: optional(z.string()),
  FILES_DIR: optional(z.string()),
  PATH: optional(z.string()),
  LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })),
  RATE_SCALE: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 1 to 99999')
      .transform(Number),
  ),
  VAULT_KEY: optional(z.string().min(32, 'must have at least 32 characters')),
  SESSION_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
});

/**
 * Reads environment and command line (`--no-demo`).
 * @throws StartError one sentence about the first wrong value; values are not repeated, they may be secrets
 */
export function readSettings(env: Record<string, string | undefined>, args: readonly string[], base: string): Settings {
  const unknown = args.find((arg) => arg !== '--no-demo');
  if (unknown !== undefined) throw new StartError(`Unknown option ${unknown}; the only one is --no-demo.`);
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StartError(`The environment variable ${String(issue?.path[0])} ${issue?.message}.`);
  }
  return settle(parsed.data, { wantsDemo: !args.includes('--no-demo'), base });
}

function settle(given: z.infer<typeof environment>, at: { wantsDemo: boolean; base: string }): Settings {
  const dataDir = resolve(at.base, given.DATA_DIR ?? 'data');
  const mailDomain = given.MAIL_DOMAIN ?? 'mamis.med.or.jp';
  return {
    port: given.PORT ?? 3000,
    host: given.HOST ?? '127.0.0.1',
    dataDir,
    databaseUrl: given.DATABASE_URL,
    publicOrigin: given.PUBLIC_ORIGIN,
    trustProxy: given.TRUST_PROXY ?? false,
    smtpUrl: given.SMTP_URL,
    mailDomain,
    mailFrom: given.MAIL_FROM ?? `no-reply@${mailDomain}`,
    mailBounces: given.MAIL_BOUNCES,
    callCentre: given.CALL_CENTRE_TEL === undefined ? undefined : { tel: given.CALL_CENTRE_TEL, hours: given.CALL_CENTRE_HOURS ?? '' },
    digestDir: resolve(at.base, given.DIGEST_DIR ?? join(dataDir, 'digests')),
    filesDir: resolve(at.base, given.FILES_DIR ?? join(dataDir, 'files')),
    searchPath: given.PATH ?? '',
    wantsDemo: at.wantsDemo,
    logLevel: given.LOG_LEVEL ?? 'info',
    sessionSecret: given.SESSION_SECRET,
    vaultKey: given.VAULT_KEY,
    rateScale: given.RATE_SCALE,
  };
}
