import { describe, expect, test } from 'vitest';
import { readSettings } from './config.ts';
import { StartError } from './start-error.ts';

const read = (env: Record<string, string>, args: string[] = []) => readSettings(env, args, '/srv/mamis');

describe('settings', () => {
  test('an empty environment gives a complete demo on this machine', () => {
    expect(read({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '/srv/mamis/data',
      filesDir: '/srv/mamis/data/files',
      digestDir: '/srv/mamis/data/digests',
      wantsDemo: true,
      trustProxy: false,
      mailDomain: 'mamis.med.or.jp',
      mailFrom: 'no-reply@mamis.med.or.jp',
      logLevel: 'info',
    });
  });

  test('variables and --no-demo change it; an empty variable is none', () => {
    const settings = read(
      { PORT: '8080', DATA_DIR: '../store', DATABASE_URL: '', TRUST_PROXY: '1', PUBLIC_ORIGIN: 'https://mamis.example.jp' },
      ['--no-demo'],
    );
    expect(settings).toMatchObject({ port: 8080, dataDir: '/srv/store', databaseUrl: undefined, trustProxy: true, wantsDemo: false });
  });

  test('the call centre is told with its telephone', () => {
    const hours = '平日 9:00~17:00';
    expect(read({ CALL_CENTRE_TEL: '03-0000-0000', CALL_CENTRE_HOURS: hours }).callCentre).toEqual({ tel: '03-0000-0000', hours });
    expect(read({ CALL_CENTRE_HOURS: hours }).callCentre).toBeUndefined();
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a number from 1 to 65535'],
    [{ PORT: '70000' }, 'PORT must be a number from 1 to 65535'],
    [{ DATABASE_URL: 'mysql://u:secret@h/d' }, 'DATABASE_URL must look like postgres://'],
    [{ PUBLIC_ORIGIN: 'https://mamis.example.jp/path' }, 'PUBLIC_ORIGIN must be an origin without path'],
    [{ SMTP_URL: 'http://mail' }, 'SMTP_URL must look like smtps://'],
    [{ CALL_CENTRE_TEL: '<b>' }, 'CALL_CENTRE_TEL must be a telephone number'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be 0, 1, false or true'],
    [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET must have at least 32 characters'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug, info, warn or error'],
  ])('%o is refused in one sentence without the value', (env, sentence) => {
    expect(() => read(env)).toThrow(StartError);
    expect(() => read(env)).toThrow(sentence);
    expect(() => read(env)).not.toThrow('secret@');
  });

  test('an unknown option is named', () => {
    expect(() => read({}, ['--demo'])).toThrow('Unknown option --demo');
  });
});
