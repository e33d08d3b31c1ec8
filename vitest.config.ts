import { defineConfig } from 'vitest/config';

/** No database for these: the words, the parts of the screen and the decisions are pure; doors, files and drawing have their own surroundings. */
const PURE = [
  'scripts/**/*.test.ts',
  'tests/walls/**/*.test.ts',
  'src/{kernel,ui}/**/*.test.{ts,tsx}',
  'src/platform/{files,http,password,postal,render,session,sheet}/**/*.test.ts',
  'src/platform/mail/{delivery-report,mail-html}.test.ts',
  'src/features/**/{rules,date-rules,policy,schema,forms,fields,plan,effects}.test.ts',
];

/** That a proof can fail: it runs again, in a copy of the sources with a defect in it. */
const DEFECTS = ['tests/**/*.defects.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxConcurrency: 2,
    projects: [
      { test: { name: 'pure', include: PURE } },
      {
        test: {
          name: 'database',
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
          exclude: [...PURE, ...DEFECTS],
          globalSetup: './tests/support/global-setup.ts',
        },
      },
      { test: { name: 'defects', include: DEFECTS, globalSetup: './tests/support/global-setup.ts' } },
      {
        // The whole product as processes of their own, which are overloaded and killed: one after the other, when all else is done.
        test: {
          name: 'proof',
          include: ['tests/**/*.proof.ts'],
          globalSetup: ['./tests/support/global-setup.ts', './tests/support/planted-product.ts'],
          fileParallelism: false,
          env: { NODE_ENV: 'production' },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
