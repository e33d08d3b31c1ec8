import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { prepareDataDirectory } from './data-directory.ts';
import { checkExternalDatabase, objectionTo } from './external-database.ts';
import { checkPort } from './port.ts';
import { sentenceFor } from './start-error.ts';

const at = { dataDir: '/srv/data', event: 'could not start' };

describe('every failure is one sentence', () => {
  test('a full disk, wherever it shows', () => {
    const full = 'The disk that holds the data directory /srv/data is full; free some space and start again.';
    const inDatabase = Object.assign(new Error('could not extend file'), { code: '53100' });
    expect(sentenceFor(Object.assign(new Error('write'), { code: 'ENOSPC' }), at)).toBe(full);
    expect(sentenceFor(new Error('Migration 0002 failed.', { cause: inDatabase }), at)).toBe(full);
    expect(sentenceFor('FATAL: could not write: No space left on device', at)).toBe(full);
  });

  test('anything else with its causes, without a stack', () => {
    const error = new Error('Migration 0002 failed.', { cause: new Error('syntax error\nat line 3') });
    expect(sentenceFor(error, at)).toBe('MAMIS could not start: Migration 0002 failed. syntax error');
  });

  test('a busy port', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await expect(checkPort(port, '127.0.0.1')).rejects.toThrow(
      `Port ${port} is busy; stop the program that uses it or set PORT to another number.`,
    );
    await new Promise((resolve) => other.close(resolve));
    await checkPort(port, '127.0.0.1');
  });

  test('a data directory that is a file', () => {
    const parent = mkdtempSync(join(tmpdir(), 'mamis-data-'));
    writeFileSync(join(parent, 'data'), '');
    expect(() => prepareDataDirectory(join(parent, 'data'))).toThrow('cannot be written (EEXIST)');
    rmSync(parent, { recursive: true });
  });
});

describe('DATABASE_URL', () => {
  const { adminUrl } = inject('testServer');

  test('a good one passes', async () => {
    await expect(checkExternalDatabase(adminUrl)).resolves.toBeUndefined();
  });

  test('nothing listens, without the password in the sentence', async () => {
    await expect(checkExternalDatabase('postgres://u:secret@127.0.0.1:1/d')).rejects.toThrow(
      'DATABASE_URL (127.0.0.1:1/d) cannot be used: nothing listens there.',
    );
  });

  test('the database does not exist', async () => {
    const url = new URL(adminUrl);
    url.pathname = '/missing';
    await expect(checkExternalDatabase(url.href)).rejects.toThrow('/missing) cannot be used: that database does not exist.');
  });

  test('the user does not exist', async () => {
    const url = new URL(adminUrl);
    url.username = 'nobody_here';
    await expect(checkExternalDatabase(url.href)).rejects.toThrow(
      /cannot be used: (user name or password is wrong|this user may not sign in)\.$/,
    );
  });

  test('servers that are too old, in another encoding, or standby', () => {
    const good = { version: 150_004, encoding: 'UTF8', standby: false };
    expect(objectionTo(good)).toBeNull();
    expect(objectionTo({ ...good, version: 140_012 })).toBe('is a PostgreSQL 14; MAMIS needs 15 or newer');
    expect(objectionTo({ ...good, encoding: 'SQL_ASCII' })).toContain('needs a UTF8 database');
    expect(objectionTo({ ...good, standby: true })).toContain('standby');
  });
});
