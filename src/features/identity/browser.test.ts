import { describe, expect, it } from 'vitest';
import { browserOf, deviceWords, originWords } from './browser.ts';

const agents = {
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
};

describe('端末と接続元の言葉(M-05)', () => {
  it('ブラウザと機器の種類を、ふだんの言葉で言う', () => {
    expect(deviceWords(agents.edge)).toBe('Microsoft Edge(Windows)');
    expect(deviceWords(agents.iphone)).toBe('Safari(iPhone)');
    expect(deviceWords(agents.android)).toBe('Google Chrome(Android)');
    expect(deviceWords(agents.mac)).toBe('Firefox(Mac)');
  });

  it('分からないものは、分かるところまでしか言わない', () => {
    expect(deviceWords('curl/8.0')).toBe('その他のブラウザ');
    expect(deviceWords('')).toBe(browserOf(''));
    expect(deviceWords('Mozilla/5.0 Firefox/140.0')).toBe('Firefox');
  });

  it('接続元は、おおよその所だけを言う', () => {
    expect(originWords('198.51.100.7', undefined)).toBe('198.51.*.*');
    expect(originWords('198.51.100.7', '大阪府')).toBe('198.51.*.*(大阪府)');
    expect(originWords('::ffff:198.51.100.7', undefined)).toBe('198.51.*.*');
    expect(originWords('2001:db8:85a3::8a2e:370:7334', '東京都')).toBe('2001:db8:*(東京都)');
    expect(originWords('', '大阪府')).toBe('');
  });
});
