import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('localPath', () => {
  it.each(['/office', '/office/applications?tab=todo&page=2', '/my/%E5%B1%8A', '/a//b'])('%s is ours', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    'office',
    '',
    '/..//evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%0d%0aX: y\r\n',
    '/\u0000',
    `/${'a'.repeat(2_000)}`,
    'http:evil.example',
  ])('%j is not', (path) => {
    expect(localPath(path)).toBeUndefined();
  });

  it('has no opinion on nothing', () => {
    expect(localPath(null)).toBeUndefined();
    expect(localPath(undefined)).toBeUndefined();
  });
});
