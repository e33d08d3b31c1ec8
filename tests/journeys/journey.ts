import { type Browser, test as base } from '@playwright/test';

/** Further browsers of a journey (another desk, another device) run script exactly when its own page does. */
export type Ways = { browser: Browser; script: boolean };

/** `script` or `noscript`: the projects, each with persons of its own. */
export const test = base.extend<{ ways: Ways; kind: 'script' | 'noscript' }>({
  ways: async ({ browser, javaScriptEnabled }, use) => {
    await use({ browser, script: javaScriptEnabled });
  },
  kind: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled ? 'script' : 'noscript');
  },
});
