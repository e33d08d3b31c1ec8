import { describe, expect, it } from 'vitest';
import { errorFields } from './error-fields.ts';
import { makeLog } from './log.ts';

describe('log', () => {
  it('writes one JSON line per event from its level up', () => {
    const lines: string[] = [];
    const log = makeLog({ level: 'info', write: (line) => void lines.push(line), now: () => new Date(0) });
    log.debug('no');
    log.info('yes', { page: 'O-05', ms: 3 });
    expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"yes","page":"O-05","ms":3}\n']);
  });

  it('個人の情報を含みうるデータベースの文言は記録しない', () => {
    const error = Object.assign(new Error('duplicate key: (login_id)=(yamada)'), {
      severity: 'ERROR',
      code: '23505',
      detail: 'yamada',
      constraint: 'account_login_id',
    });
    const fields = errorFields(error);
    expect(fields).toMatchObject({ code: '23505', constraint: 'account_login_id' });
    expect(JSON.stringify(fields)).not.toContain('yamada');
    expect(errorFields('text')).toEqual({ error: 'string' });
    expect(errorFields(new TypeError('x is no function'))).toMatchObject({ error: 'TypeError', reason: 'x is no function' });
  });
});
