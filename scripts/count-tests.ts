import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** What vitest's JSON report says; a file that broke before its first test counts as one failure. */
export function countTests(report: string, status: number): Count {
  const found = read(report, vitestReport);
  if (found === null) return { ...NOTHING, failed: 1 };
  const broken = found.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = found.numFailedTests + broken.length;
  return agree({ passed: found.numPassedTests, failed, skipped: found.numPendingTests + found.numTodoTests }, status);
}

/** What Playwright's JSON report says; a journey that passed only when repeated counts as failed. */
export function countJourneys(report: string, status: number): Count {
  const found = read(report, playwrightReport);
  if (found === null) return { ...NOTHING, failed: 1 };
  const { expected, unexpected, flaky, skipped } = found.stats;
  return agree({ passed: expected, failed: unexpected + flaky + found.errors.length, skipped }, status);
}

/** A runner that reports no failure but ends badly (an error outside of tests) has failed once. */
function agree(count: Count, status: number): Count {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

export function add(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Null when the runner ended before it wrote its report. */
function read<T>(report: string, schema: z.ZodType<T>): T | null {
  return existsSync(report) ? schema.parse(JSON.parse(readFileSync(report, 'utf8'))) : null;
}
