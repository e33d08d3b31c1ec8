import { signInMessages } from './messages.ts';

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Microsoft Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Google Chrome'],
  [/Safari\//, 'Safari'],
];

/** The name of a browser as people know it. */
export function browserOf(userAgent: string): string {
  return browsers.find(([mark]) => mark.test(userAgent))?.[1] ?? signInMessages.otherBrowser;
}

/** In this order: a telephone also names the system that it descends from. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
];

/** Browser and system in words, as far as the browser tells: 「Google Chrome(Windows)」. */
export function deviceWords(userAgent: string): string {
  const system = systems.find(([mark]) => mark.test(userAgent))?.[1];
  return system === undefined ? browserOf(userAgent) : `${browserOf(userAgent)}(${system})`;
}

/**
 * Where a request came from as a mail may say it: the first half of the network address, and the prefecture where it is
 * known. The whole address stands only on ログイン情報, behind the login. '' for what comes from no network.
 */
export function originWords(address: string, place: string | undefined): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain === '') return '';
  const coarse = plain.includes(':') ? `${plain.split(':').slice(0, 2).join(':')}:*` : `${plain.split('.').slice(0, 2).join('.')}.*.*`;
  return place === undefined ? coarse : `${coarse}(${place})`;
}
