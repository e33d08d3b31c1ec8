import { type Browser, type BrowserContext, test as base, expect } from '@playwright/test';

/** Further browsers of a journey (another desk, another device) run script exactly when its own page does. */
export type Ways = { browser: Browser; script: boolean; watch: (context: BrowserContext) => void };

type Fixtures = {
  ways: Ways;
  /** The projects, each with persons of its own. */
  kind: 'script' | 'noscript';
  /** Answers of the server and errors of the pages' script that must never happen, whatever a journey does. */
  faults: string[];
};

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      watch(context, faults);
      await use(faults);
      expect(faults, 'answers 5xx and errors of script').toEqual([]);
    },
    { auto: true },
  ],
  ways: async ({ browser, javaScriptEnabled, faults }, use) => {
    await use({ browser, script: javaScriptEnabled, watch: (context) => watch(context, faults) });
  },
  kind: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled ? 'script' : 'noscript');
  },
});

function watch(context: BrowserContext, faults: string[]): void {
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().message}`));
  context.on('console', (message) => {
    // What the browser itself says about refused requests (404, 409, 422) is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`);
  });
}
