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
