import { defineConfig, devices } from '@playwright/test';

/** Journeys through the built product in real Chromium, each project with its own persons: with script, without, at three widths. */
const port = Number(process.env['JOURNEY_PORT'] ?? '3417');
const origin = `http://localhost:${port}`;

const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: {
    // Without a UTF-8 locale Chromium calls a download with a Japanese name just "download".
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: 'test-results',
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  use: {
    baseURL: origin,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    screenshot: 'only-on-failure',
    // A trace shows every step of a failed journey, and makes all of them a third slower: TRACE=1 npm test.
    trace: process.env['TRACE'] === '1' ? 'retain-on-failure' : 'off',
    actionTimeout: 15_000,
  },
  projects: [
    { name: 'script', use: { ...chromium } },
    {
      name: 'noscript',
      use: { ...chromium, javaScriptEnabled: false },
      testMatch:
        /(join3|join4|return|reject|login|bulk|exports|settings|facilities|papers|withdrawal|transfer|change|register|certificate|proxy|notice|first-login|letters|profile|inquiry|setup|opening)\.journey\.ts/,
    },
  ],
  testMatch: /.*\.journey\.ts/,
  // The pictures of the manual are made on request, not by every run.
  testIgnore: process.env['PICTURES'] === '1' ? [] : /pictures\.journey\.ts/,
  webServer: {
    command: `node tests/journeys/server.ts ${port}`,
    url: `${origin}/healthz`,
    // As it is delivered: React is several times slower, and speaks more, when it is not told.
    env: { NODE_ENV: 'production' },
    timeout: 180_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
});
